using System.Collections.Generic;

namespace AppRunner.Benchmarks;

/// <summary>
/// What a person waits for in a PowerShell session: each row is a script with the module and a baseline. Each prints one number. Words in
/// braces are replaced: {module}, {empty} (an empty module), {file} (1,000 definitions) {client} and {post} (a bare HttpClient and its signed POST).
/// </summary>
internal static class SessionRows
{
    /// <summary>The number of calls after which memory is compared.</summary>
    private const int Calls = 1000;

    // The first script block and the first stopwatch of a session cost time of their own.
    private const string Start = "1 | ForEach-Object { $_ } | Out-Null; $watch = [Diagnostics.Stopwatch]::StartNew(); $watch.Restart(); ";
    private const string Stop = "; $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)";
    private const string Memory = "; [Diagnostics.Process]::GetCurrentProcess().WorkingSet64 / 1MB";
    private const string BareClient = """
        $http = [Net.Http.HttpClient]::new(); $type = [Net.Http.Headers.MediaTypeHeaderValue]::new('application/x-amz-json-1.0')
        foreach ($header in @{ 'X-Amz-Target' = $env:BARE_TARGET; 'X-Amz-Date' = $env:BARE_DATE; 'Authorization' = $env:BARE_AUTHORIZATION }.GetEnumerator()) { $null = $http.DefaultRequestHeaders.TryAddWithoutValidation($header.Key, $header.Value) }

        """;

    // The least that a script can do: the client with its headers exists, and the response is not parsed.
    private const string BarePost = "$null = $http.PostAsync($env:BARE_URL, [Net.Http.StringContent]::new($env:BARE_BODY, $type)).GetAwaiter().GetResult().EnsureSuccessStatusCode().Content.ReadAsStringAsync().GetAwaiter().GetResult()";

    // Both in one process and in turn, so that they are equally warm. The median of a call's time, so that a collection does not count.
    private const string Steady = """
        Import-Module '{module}'; {client} $arn = $env:SERVICE_ARN; $watch = [Diagnostics.Stopwatch]::new()
        function Measure-Batch([scriptblock]$call) { $times = for ($i = 0; $i -lt 200; $i++) { $watch.Restart(); $null = . $call; $watch.Elapsed.TotalMicroseconds }; ($times | Sort-Object)[100] }
        $ours = { Get-ARService $arn }; $bare = { {post} }
        # The pauses are for the JIT compiler, which optimizes methods when no new ones are compiled.
        foreach ($batch in 1..10) { $null = Measure-Batch $ours; $null = Measure-Batch $bare; Start-Sleep -Milliseconds 200 }
        $pairs = foreach ($batch in 1..7) { , @((Measure-Batch $ours), (Measure-Batch $bare)) }
        ($pairs.ForEach{ $_[{column}] } | Sort-Object)[3].ToString([cultureinfo]::InvariantCulture)
        """;

    private const string Import = "Import-Module '{module}'; ";
    private const string FirstCall = "$null = Get-ARService -Status DELETED";

    private const string Creates = """
        Import-Module '{module}'; function New-Definition($series, $count) { foreach ($number in 1..$count) { @{ ServiceName = "$series$PID-$number"; ImageIdentifier = 'public.ecr.aws/aws-containers/hello-app-runner:latest'; Port = 8000 } } }
        $null = New-Definition w 50 | New-ARService -ThrottleLimit 16; $definitions = New-Definition m 500;
        """ + Start + "$null = $definitions | New-ARService -ThrottleLimit 16" + Stop;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<SessionRow> All { get; } =
    [
        new("import", "import, over an empty module's import (on top of it)", Start + Import + Stop, Start + "Import-Module '{empty}'" + Stop, "ms", 0.45) { IsOnTop = true },
        new("first-call", "first call after the import, over the first POST of a bare HttpClient in pwsh", Import + Start + FirstCall + Stop, BareClient + Start + BarePost + Stop, "ms", 3) { IsList = true },
        new("boto3", "import and first call, over the whole process of boto3", Start + Import + FirstCall + Stop, null, "ms", 0.6) { OtherClient = "boto3" },
        new("aws", "import and first call, over the whole process of the AWS CLI", Start + Import + FirstCall + Stop, null, "ms", 0.4) { OtherClient = "AWS CLI" },
        new("steady", "steady Get-ARService by ARN, over a bare POST in a loop of pwsh", Steady.Replace("{column}", "0"), Steady.Replace("{column}", "1"), "us", 1.5) { Rounds = 3 },
        new("creates", "500 creates at -ThrottleLimit 16, over 500 bare POSTs at that width", Creates, null, "ms", 1.5) { Measurement = ProcessMeasurements.BareCreates },
        new("creates-signed", "the same, over 500 bare POSTs whose bodies are written and signed in the measured time", Creates, null, "ms", 1.5) { Measurement = ProcessMeasurements.SignedCreates },
        new("whatif", "New-ARService -Path -WhatIf of 1,000 definitions, over ConvertFrom-Json of that file", Import + Start + "New-ARService -Path '{file}' -WhatIf" + Stop, Start + "$null = ConvertFrom-Json (Get-Content -Raw '{file}')" + Stop, "ms", 3),
        new("whatif-pipe", "ConvertFrom-Json of it | New-ARService -WhatIf, over ConvertFrom-Json alone", Import + Start + "ConvertFrom-Json (Get-Content -Raw '{file}') | New-ARService -WhatIf" + Stop, Start + "$null = ConvertFrom-Json (Get-Content -Raw '{file}')" + Stop, "ms", 3),
        new("memory", "memory after the import and 1,000 calls, beyond that after 1,000 POSTs of a bare HttpClient", Import + $"foreach ($i in 1..{Calls}) {{ $null = Get-ARService $env:SERVICE_ARN }}" + Memory, BareClient + $"foreach ($i in 1..{Calls}) {{ {{post}} }}" + Memory, "MiB", 40) { IsDifference = true, Rounds = 3 },
    ];

    /// <summary>A script with its placeholders replaced.</summary>
    /// <param name="script">The script.</param>
    /// <param name="module">The path of the module.</param>
    /// <param name="empty">The path of the empty module.</param>
    /// <param name="file">The path of the file with definitions.</param>
    /// <returns>The script to run.</returns>
    public static string Fill(string script, string module, string empty, string file) =>
        script.Replace("{client}", BareClient).Replace("{post}", BarePost).Replace("{module}", module).Replace("{empty}", empty).Replace("{file}", file);
}

/// <summary>A row of the table.</summary>
/// <param name="Name">Selects the row on the command line.</param>
/// <param name="What">What is measured.</param>
/// <param name="Module">The script with the module.</param>
/// <param name="Baseline">The script without it; null if the baseline is another program.</param>
/// <param name="Unit">The unit of both.</param>
/// <param name="Aim">The most that the ratio or the difference should be.</param>
internal sealed record SessionRow(string Name, string What, string Module, string? Baseline, string Unit, double Aim)
{
    /// <summary>Whether the aim is about what comes on top of the baseline, as a share of it.</summary>
    public bool IsOnTop { get; init; }

    /// <summary>Whether the aim is about the difference, in the unit.</summary>
    public bool IsDifference { get; init; }

    /// <summary>Whether the bare POST is ListServices, and not DescribeService.</summary>
    public bool IsList { get; init; }

    /// <summary>How often it is measured; 0 for the number of the run.</summary>
    public int Rounds { get; init; }

    /// <summary>The client whose whole process is the baseline, as it begins in <see cref="OtherClients.Commands"/>.</summary>
    public string? OtherClient { get; init; }

    /// <summary>The measurement of <see cref="ProcessMeasurements"/> that is the baseline.</summary>
    public string? Measurement { get; init; }
}
