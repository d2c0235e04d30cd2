package dev.appenv.operator.aws.email;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The password for SMTP that SES derives from the secret of an access key, for each region. */
final class SmtpPassword {
  private static final byte VERSION = 0x04;
  private static final String ALGORITHM = "HmacSHA256";

  private SmtpPassword() {}

  /** As AWS documents it in "Obtaining Amazon SES SMTP credentials". */
  static String of(String secretAccessKey, String region) {
    var signature =
        Stream.of("11111111", region, "ses", "aws4_request", "SendRawEmail")
            .reduce(bytes("AWS4" + secretAccessKey), SmtpPassword::sign, (_, last) -> last);
    var password = new byte[1 + signature.length];
    password[0] = VERSION;
    System.arraycopy(signature, 0, password, 1, signature.length);
    return Base64.getEncoder().encodeToString(password);
  }

  private static byte[] sign(byte[] key, String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
