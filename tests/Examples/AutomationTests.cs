using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Tests.Shared;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace AppRunner.Examples.Tests;

/// <summary>
/// Runs the scripts and files for GitHub Actions, Azure Automation, AWS Systems Manager and scheduled tasks unchanged. Each script runs in a
/// pwsh of its own, as the service would start it, and gets keys, region and endpoint as the service would give them.
/// </summary>
public sealed class AutomationTests : IDisposable
{
    private static readonly string Examples = Path.Combine(PwshProcess.RepositoryRoot, "examples");

    private const string ExitCode = "exit code ";

    // Two services, and the environment of a job. The scripts do not know that the endpoint is local.
    private const string Prologue = """
        $ErrorActionPreference = 'Stop'
        $WarningPreference = 'SilentlyContinue'
        $endpoint = Start-ARLocalEndpoint -OperationDuration 0.3 -Region eu-west-1
        $image = 'public.ecr.aws/aws-containers/hello-app-runner:latest'
        'shop-web', 'shop-api' | ForEach-Object { New-ARService $_ $image -Tag @{ env = 'dev' } } | Wait-AROperation | Out-Null

        $env:AWS_ENDPOINT_URL = $endpoint.EndpointUrl
        $env:AWS_ACCESS_KEY_ID = $endpoint.AccessKey
        $env:AWS_SECRET_ACCESS_KEY = $endpoint.SecretKey
        $env:AWS_REGION = 'eu-west-1'

        # Starts pwsh like an automation service, and shows output and exit code.
        $pwsh = [Environment]::GetCommandLineArgs()[0]
        function Invoke-Pwsh {
            $PSNativeCommandUseErrorActionPreference = $false
            dotnet exec $pwsh -NoProfile -NonInteractive @args 2>&1 | ForEach-Object { "$_" }
            "exit code $LASTEXITCODE"
        }

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("apprunner-automation-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Exit_codes_are_as_documented()
    {
        var rows = Rows("| The script |");

        var run = await Run(string.Concat(rows.Select((row, index) =>
        {
            var path = Write($"script-{index}.ps1", row[0]);
            return $"Invoke-Pwsh -File '{path}'\nInvoke-Pwsh -Command '{path}'\nInvoke-Pwsh -Command '{row[0].Replace("'", "''", StringComparison.Ordinal)}'\n";
        })));

        var codes = run.OutputLines.Where(line => line.StartsWith(ExitCode, StringComparison.Ordinal)).Select(line => line[ExitCode.Length..]);
        rows.Length.ShouldBeGreaterThan(4);
        codes.Chunk(3).Zip(rows, (code, row) => string.Join(" | ", code.Prepend(row[0]))).ShouldBe(rows.Select(row => string.Join(" | ", row)));
    }

    [Fact]
    public void The_topic_lists_every_file_for_automation()
    {
        var listed = Rows("| File |").SelectMany(row => row[0].Split(", "));

        var files = Directory.GetFiles(Path.Combine(Examples, "automation")).Select(file => "automation/" + Path.GetFileName(file));
        listed.ShouldBe(files.Append("deploy.ps1").Append("deploy-workflow.yml"), ignoreOrder: true);
    }

    [Fact]
    public async Task The_workflow_for_GitHub_Actions_deploys_and_reports_changes_by_hand()
    {
        // The repository of a user has the script in its root folder.
        foreach (var file in new[] { "deploy.ps1", "services/orders.json", "services/invoices.json" })
            Write(file, await File.ReadAllTextAsync(Path.Combine(Examples, file), TestContext.Current.CancellationToken));
        var workflow = Load("deploy-workflow.yml");
        var job = Map(Map(workflow, "jobs"), "deploy");
        var steps = List(job, "steps").Cast<YamlMappingNode>().ToArray();

        Text(Map(workflow, "permissions"), "id-token").ShouldBe("write");
        steps.Where(step => step.Children.ContainsKey("run")).ShouldAllBe(step => Text(step, "shell") == "pwsh");
        var inputs = Map(steps.Single(step => step.Children.ContainsKey("uses") && Text(step, "uses").StartsWith("aws-actions/configure-aws-credentials@", StringComparison.Ordinal)), "with");
        Text(inputs, "role-to-assume").ShouldBe("${{ vars.AWS_ROLE_ARN }}");
        Text(inputs, "aws-region").ShouldBe("eu-west-1");

        var install = Step("Install the module");
        var deploy = Step("Deploy");
        var check = Step("Report changes by hand");
        var run = await Run($$"""
            Set-Location '{{folder}}'
            'install'; Invoke-Pwsh -Command '. ''{{install}}'''
            'before'; Invoke-Pwsh -Command '. ''{{check}}'''
            'deploy'; Invoke-Pwsh -Command '. ''{{deploy}}'''
            'deployed'; Get-ARService orders, invoices | ForEach-Object { "$($_.ServiceName) $($_.Status)" }
            'again'; Invoke-Pwsh -Command '. ''{{deploy}}'''
            'same'; Invoke-Pwsh -Command '. ''{{check}}'''
            Update-ARService orders -Memory '4 GB' -Cpu 2 -Wait | Out-Null
            'by hand'; Invoke-Pwsh -Command '. ''{{check}}'''
            """);

        var output = run.Output;
        Part(output, "install", "before").ShouldContain("AppRunner -TrustRepository\nexit code 0");
        Part(output, "before", "deploy").ShouldContain("exit code 1");
        Part(output, "deploy", "deployed").ShouldContain("exit code 0");
        Part(output, "deployed", "again").ShouldContain("orders RUNNING");
        Part(output, "again", "same").ShouldContain("None");
        Part(output, "again", "same").ShouldContain("exit code 0");
        Part(output, "same", "by hand").ShouldContain("exit code 0");
        Part(output, "by hand", null).ShouldContain("exit code 1");

        // What GitHub makes of a step with 'shell: pwsh'. The gallery is not called: a function shows what would be installed.
        string Step(string name) => Write(name[..6] + ".ps1", $$"""
            $ErrorActionPreference = 'stop'
            {{(name.StartsWith("Install", StringComparison.Ordinal) ? "function Install-PSResource { \"$args\" }" : string.Empty)}}
            {{Text(steps.Single(step => step.Children.ContainsKey("name") && Text(step, "name") == name), "run")}}
            if ((Test-Path -LiteralPath variable:\LASTEXITCODE)) { exit $LASTEXITCODE }
            """);
    }

    [Fact]
    public async Task The_runbook_for_Azure_Automation_pauses_and_resumes_services_and_fails_its_job_if_one_fails()
    {
        // The cmdlets of Azure Automation's sandbox, as functions. They return what the assets have; nothing is in the environment.
        var runbook = Path.Combine(Examples, "automation", "pause-runbook.ps1");
        var sandbox = Write("sandbox.ps1", """
            param($AccessKey, $SecretKey, $Action, $Environment = 'dev')
            function Get-AutomationPSCredential([string] $Name) { if ($Name -eq 'AppRunner') { [pscredential]::new($AccessKey, (ConvertTo-SecureString $SecretKey -AsPlainText -Force)) } }
            function Get-AutomationVariable([string] $Name) { if ($Name -eq 'AppRunnerRegion') { 'eu-west-1' } }
            """ + $"\n. '{runbook}' -Action $Action -Environment $Environment\n");

        var run = await Run($$"""
            New-ARService prod-web $image -Tag @{ env = 'prod' } -Wait | Out-Null
            Remove-Item Env:AWS_ACCESS_KEY_ID, Env:AWS_SECRET_ACCESS_KEY, Env:AWS_REGION
            $keys = $endpoint.AccessKey, $endpoint.SecretKey
            'pause'; Invoke-Pwsh -File '{{sandbox}}' @keys Pause
            'paused'; Get-ARService | Sort-Object ServiceName | ForEach-Object { "$($_.ServiceName) $($_.Status)" }
            'pause again'; Invoke-Pwsh -File '{{sandbox}}' @keys Pause
            'no services'; Invoke-Pwsh -File '{{sandbox}}' @keys Pause no-such-environment
            $endpoint.SetNextOutcome('FAILED', 'RESUME_SERVICE', 'shop-api')
            'resume'; Invoke-Pwsh -File '{{sandbox}}' @keys Resume
            'resumed'; Get-ARService | Sort-Object ServiceName | ForEach-Object { "$($_.ServiceName) $($_.Status)" }
            """);

        Part(run.Output, "pause", "paused").ShouldContain("exit code 0");
        Part(run.Output, "paused", "pause again").Split('\n').ShouldBe(["prod-web RUNNING", "shop-api PAUSED", "shop-web PAUSED"]);
        Part(run.Output, "pause again", "no services").ShouldContain("exit code 0");
        Part(run.Output, "no services", "resume").ShouldBe("exit code 0");
        Part(run.Output, "resume", "resumed").ShouldContain("Resume failed for 1 of 2 services:");
        Part(run.Output, "resume", "resumed").ShouldContain("exit code 1");
        Part(run.Output, "resumed", null).ShouldContain("shop-web RUNNING");
    }

    [Fact]
    public async Task The_document_for_Systems_Manager_deploys_an_image_and_ends_with_an_exit_code_for_each_result()
    {
        var document = Load("automation/deploy-document.yml");
        Text(document, "schemaVersion").ShouldBe("2.2");
        var step = List(document, "mainSteps").Cast<YamlMappingNode>().ShouldHaveSingleItem();
        Text(step, "action").ShouldBe("aws:runPowerShellScript");
        var inputs = Map(step, "inputs");
        var commands = string.Join('\n', List(inputs, "runCommand").Select(line => ((YamlScalarNode)line).Value));

        // Values with a quote cannot end the text in the script.
        var parameters = Map(document, "parameters");
        foreach (var parameter in parameters.Children.Values.Cast<YamlMappingNode>())
        {
            Text(parameter, "allowedPattern").ShouldStartWith("^");
            "x'; exit 0; '".ShouldNotMatch(Text(parameter, "allowedPattern"));
        }

        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1.4".ShouldMatch(Text(Map(parameters, "ImageIdentifier"), "allowedPattern"));
        "public.ecr.aws/docker/library/nginx@sha256:0123456789abcdef".ShouldMatch(Text(Map(parameters, "ImageIdentifier"), "allowedPattern"));

        var hurried = Write("hurried.ps1", Script("shop-web", "public.ecr.aws/nginx/nginx:3").Replace("-Timeout 00:30:00", "-Timeout 0.02 -PollInterval 0.01", StringComparison.Ordinal));
        var run = await Run($$"""
            'deploy'; Invoke-Pwsh -File '{{Write("deploy.ps1", Script("shop-web", "public.ecr.aws/nginx/nginx:2"))}}'
            'image'; (Get-ARService shop-web).SourceConfiguration.ImageRepository.ImageIdentifier
            $endpoint.SetNextOutcome('ROLLBACK_SUCCEEDED', 'UPDATE_SERVICE', 'shop-api')
            'rollback'; Invoke-Pwsh -File '{{Write("rollback.ps1", Script("shop-api", "public.ecr.aws/nginx/nginx:2"))}}'
            'missing'; Invoke-Pwsh -File '{{Write("missing.ps1", Script("no-such-service", "public.ecr.aws/nginx/nginx:2"))}}'
            'late'; Invoke-Pwsh -File '{{hurried}}'
            """);

        Part(run.Output, "deploy", "image").ShouldContain("exit code 0");
        Part(run.Output, "image", "rollback").ShouldBe("public.ecr.aws/nginx/nginx:2");
        Part(run.Output, "rollback", "missing").ShouldStartWith("OperationRolledBack: UPDATE_SERVICE");
        Part(run.Output, "rollback", "missing").ShouldEndWith("exit code 1");
        Part(run.Output, "missing", "late").ShouldStartWith("ServiceNotFound: ");
        Part(run.Output, "missing", "late").ShouldEndWith("exit code 1");
        Part(run.Output, "late", null).ShouldContain("Wait again: Wait-AROperation -Service 'arn:");
        Part(run.Output, "late", null).ShouldEndWith("exit code 3");

        string Script(string service, string image) => commands.Replace("{{ ServiceName }}", service, StringComparison.Ordinal).Replace("{{ ImageIdentifier }}", image, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_scheduled_report_is_registered_and_run_as_a_task_and_by_cron()
    {
        // Windows' cmdlets for tasks, as functions that return their parameters. pwsh is what the search finds first.
        var register = Path.Combine(Examples, "automation", "register-report.ps1");
        var windows = Write("windows.ps1", """
            function Get-Command { if ($args[0] -eq 'pwsh') { @{ Source = '/opt/the pwsh/pwsh' } } else { $true } }
            foreach ($name in 'New-ScheduledTaskAction', 'New-ScheduledTaskTrigger', 'New-ScheduledTaskSettingsSet') { Set-Item "Function:$name" { "$args" } }
            function Register-ScheduledTask($TaskName, $Action, $Trigger, $Settings, $User, $Password) { "task: $TaskName"; "action: $Action"; "trigger: $Trigger"; "user: $User" }
            $account = [pscredential]::new('CONTOSO\deployer', (ConvertTo-SecureString 'not-shown' -AsPlainText -Force))
            """ + $"\n& '{register}' -ProfileName report -Region eu-west-1 -Credential $account -At 04:30\n");
        var unix = Write("unix.ps1", $$"""
            function Get-Command { if ($args[0] -eq 'pwsh') { @{ Source = '/opt/the pwsh/pwsh' } } }
            & '{{register}}' -ProfileName report -Region eu-west-1 -At 04:30
            """);
        var arguments = $"-NoProfile -NonInteractive -File \"{Path.Combine(Examples, "automation", "report-failures.ps1")}\" -ProfileName report -Region eu-west-1";
        var log = Path.Combine(folder, "report.log");

        var run = await Run($$"""
            Set-Content '{{folder}}/credentials' "[report]`naws_access_key_id = $($endpoint.AccessKey)`naws_secret_access_key = $($endpoint.SecretKey)"
            $env:AWS_SHARED_CREDENTIALS_FILE = '{{folder}}/credentials'
            Remove-Item Env:AWS_ACCESS_KEY_ID, Env:AWS_SECRET_ACCESS_KEY, Env:AWS_REGION
            'windows'; Invoke-Pwsh -File '{{windows}}'
            'unix'; $line = Invoke-Pwsh -File '{{unix}}'; $line

            # The arguments of the line for cron, with another log.
            $arguments = Invoke-Expression "Write-Output $($line[0] -replace '^.*?/pwsh" ')" | Where-Object { $_ -notin '-NoProfile', '-NonInteractive' }
            'report'; Invoke-Pwsh @arguments -LogFile '{{log}}'
            $endpoint.SetNextOutcome('ROLLBACK_SUCCEEDED', 'START_DEPLOYMENT', 'shop-web')
            Start-ARDeployment shop-web -Wait -ErrorAction SilentlyContinue
            'failures'; Invoke-Pwsh @arguments -LogFile '{{log}}'
            'no profile'; Invoke-Pwsh -File $arguments[1] -ProfileName gone -Region eu-west-1 -LogFile '{{log}}'
            """);

        var task = Part(run.Output, "windows", "unix").Split('\n');
        task[..2].ShouldBe(["task: App Runner report", $"action: -Execute /opt/the pwsh/pwsh -Argument {arguments}"]);
        task[2].ShouldMatch("^trigger: -Daily -At .*4:30");
        task[3..].ShouldBe(["user: CONTOSO\\deployer", "exit code 0"]);
        Part(run.Output, "unix", "report").ShouldBe($"30 4 * * * \"/opt/the pwsh/pwsh\" {arguments}\nexit code 0");
        Part(run.Output, "report", "failures").ShouldBe("exit code 0");
        Part(run.Output, "failures", "no profile").ShouldContain("START_DEPLOYMENT");
        Part(run.Output, "failures", "no profile").ShouldContain("It was rolled back, so the previous version keeps running.");
        Part(run.Output, "failures", "no profile").ShouldEndWith("exit code 2");
        Part(run.Output, "no profile", null).ShouldStartWith("FAILED: NoCredential,");
        Part(run.Output, "no profile", null).ShouldEndWith("exit code 1");
        (await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken)).ShouldContain("ROLLBACK_SUCCEEDED");
    }
    [Fact]
    public async Task Parallel_regions_with_an_invalid_definition_end_with_an_exit_code_and_deploy_the_others()
    {
        foreach (var file in new[] { "automation/parallel-regions.ps1", "services/orders.json" })
            Write(file, await File.ReadAllTextAsync(Path.Combine(Examples, file), TestContext.Current.CancellationToken));
        Write("services/wrong.json", """{ "ServiceName": "wrong", "Ports": 8080 }""");

        var run = await Run($$"""
            'regions'; Invoke-Pwsh -File '{{folder}}/automation/parallel-regions.ps1' -OnAws
            'services'; Get-ARService orders -Region eu-west-1, us-east-1 | Sort-Object Region | ForEach-Object { "$($_.Region) $($_.Status)" }
            """);

        Part(run.Output, "regions", "services").Split("FAILED: ").Length.ShouldBe(3, run.Output);
        Part(run.Output, "regions", "services").ShouldEndWith("exit code 1");
        Part(run.Output, "services", null).ShouldBe("eu-west-1 RUNNING\nus-east-1 RUNNING");
    }

    // The cells of a table of the topic, without its head.
    private static string[][] Rows(string head)
    {
        var page = File.ReadAllLines(Path.Combine(PwshProcess.RepositoryRoot, "docs", "en-US", "about_ARAutomation.md"));
        var rows = page.SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));
        return [.. rows.Select(row => row.Trim('|', ' ').Split(" | "))];
    }

    private static YamlMappingNode Load(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Examples, file));
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static YamlMappingNode Map(YamlMappingNode node, string key) => node.Children[key].ShouldBeOfType<YamlMappingNode>(key);

    private static YamlSequenceNode List(YamlMappingNode node, string key) => node.Children[key].ShouldBeOfType<YamlSequenceNode>(key);

    private static string Text(YamlMappingNode node, string key) => node.Children[key].ShouldBeOfType<YamlScalarNode>(key).Value!;

    // The lines after the line that is the one text, and before the line that is the other; without empty lines.
    private static string Part(string output, string after, string? before)
    {
        var lines = output.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);
        return string.Join('\n', lines.SkipWhile(line => line != after).Skip(1).TakeWhile(line => line != before));
    }

    private async Task<PwshProcess> Run(string script)
    {
        var run = await PwshProcess.Run(["-File", Write("test.ps1", Prologue + script)]);
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        return run;
    }

    private string Write(string file, string content)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
