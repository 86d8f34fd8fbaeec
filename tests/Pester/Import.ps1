# The module that the tests are about: the one that the build has staged, or what APPRUNNER_MODULE says, a path or the name of an
# installed module. CI tests the package so.
if ($env:APPRUNNER_MODULE) { Import-Module $env:APPRUNNER_MODULE -Force } else { Import-Module "$PSScriptRoot/../../out/AppRunner" -Force }
