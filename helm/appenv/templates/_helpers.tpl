{{- define "appenv.selector" -}}
app.kubernetes.io/name: appenv
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "appenv.labels" -}}
{{ include "appenv.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "appenv.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end -}}
{{- end }}
