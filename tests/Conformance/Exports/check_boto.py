# Reads JSON files, each an input of CreateService, and prints what botocore's validator refuses.
import json
import sys

from botocore.session import Session
from botocore.validate import ParamValidator

shape = Session().get_service_model("apprunner").operation_model("CreateService").input_shape
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        report = ParamValidator().validate(json.load(file), shape)
    if report.has_errors():
        print(path + ": " + report.generate_report())
