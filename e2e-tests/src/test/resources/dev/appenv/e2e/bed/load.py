"""load.py RATE URL...: so many requests a second, in turn to the URLs, until its input ends; then what came of them, as JSON lines:
{"at": seconds since the epoch at which it was sent, "url", "status": 0 where there was no answer, "text": the answer, or why there was none}."""
import http.client
import json
import sys
import threading
import time
import urllib.parse

THREADS = 24
rate, urls = float(sys.argv[1]), [urllib.parse.urlsplit(url) for url in sys.argv[2:]]
over, answers = threading.Event(), []


def ask(url):
    connection = http.client.HTTPConnection(url.hostname, url.port or 80, timeout=20)
    try:
        connection.request("GET", url.path or "/")
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException) as e:
        return 0, repr(e)
    finally:
        connection.close()


def run(number):
    began = time.monotonic() + number / rate
    count = 0
    while not over.is_set():
        time.sleep(max(0.0, began + count * THREADS / rate - time.monotonic()))
        url = urls[(number + count) % len(urls)]
        at = time.time()
        status, text = ask(url)
        answers.append({"at": at, "url": url.geturl(), "status": status, "text": text})
        count += 1


threads = [threading.Thread(target=run, args=(n,)) for n in range(THREADS)]
for thread in threads:
    thread.start()
sys.stdin.read()
over.set()
for thread in threads:
    thread.join()
for answer in sorted(answers, key=lambda a: a["at"]):
    print(json.dumps(answer))
