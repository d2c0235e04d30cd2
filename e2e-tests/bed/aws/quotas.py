"""Service Quotas: moto has few and AWS's defaults, of which more than five environments would be too many. Here there is plenty."""
from moto.servicequotas.models import ServiceQuotasBackend

PLENTY = 10_000.0


def get(_, service_code, quota_code):
    return {"ServiceCode": service_code, "QuotaCode": quota_code, "Value": PLENTY}


ServiceQuotasBackend.get_service_quota = get
