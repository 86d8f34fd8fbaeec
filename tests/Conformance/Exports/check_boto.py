# Reads JSON files, each an input of an operation, and prints what botocore's validator refuses.
# Arguments: the service, the operation, the files.
import json
import sys

from botocore.session import Session
from botocore.validate import ParamValidator

shape = Session().get_service_model(sys.argv[1]).operation_model(sys.argv[2]).input_shape
for path in sys.argv[3:]:
    with open(path, encoding="utf-8") as file:
        report = ParamValidator().validate(json.load(file), shape)
    if report.has_errors():
        print(path + ": " + report.generate_report())
