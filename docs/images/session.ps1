# The commands of the README's picture. './build.ps1 Picture' runs them in a real session, in a folder where "shop" is a
# git repository with the application of examples/webapp.
$local = Start-ARLocalEndpoint -AllowExecution   # App Runner on this computer: no account needed
$health = @{ Protocol = 'HTTP'; Path = '/health'; Intervall = 1; Timeout = 99 }
New-ARService shop -RepositoryUrl ./shop -HealthCheckConfiguration $health -Wait
$health = @{ Protocol = 'HTTP'; Path = '/health'; Interval = 1; UnhealthyThreshold = 2 }
New-ARService shop -RepositoryUrl ./shop -HealthCheckConfiguration $health -Wait   # builds, starts, checks
(Test-ARService shop -Path /).Body
Update-ARService shop -HealthCheckConfiguration @{ Path = '/helth' } -Wait
(Test-ARService shop -Path /).Body   # the previous version still responds
Get-ARServiceLog shop -Kind Application -Tail 2
Get-AROperation shop | Format-Table Type, Status, StartedAt, Id
