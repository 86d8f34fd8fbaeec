using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Errors;

/// <summary>An exception that is not an AppRunnerException is a defect of this module: the error InternalError, which says where to report it.</summary>
public sealed class ModuleDefectTests : IDisposable
{
    private readonly Session session = Session.Plain();

    public ModuleDefectTests() => session.UseConnector(new DefectiveConnector());

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("Get-ARService -Region eu-west-1")]
    [InlineData("Get-ARService web1 -Region eu-west-1")]
    [InlineData("New-ARService web1 " + Session.Image + " -Region eu-west-1")]
    public void An_unexpected_exception_is_InternalError(string script)
    {
        var error = session.Run(script).ErrorWith(ErrorIds.InternalError);

        error.CategoryInfo.Category.ShouldBe(ErrorCategory.InvalidOperation);
        error.ToString().ShouldBe("This is a defect of the AppRunner module 0.1.0: ArithmeticException: Something is divided.");
        error.Exception.ShouldBeAssignableTo<AppRunnerException>()!.ErrorId.ShouldBe(ErrorIds.InternalError);
        error.Exception.InnerException.ShouldBeOfType<ArithmeticException>();
    }

    [Fact]
    public void The_recommended_action_names_the_ProjectUri_of_the_manifest()
    {
        var result = session.Run("""
            $property = [psmoduleinfo].GetProperty('ProjectUri')
            $module = Get-Module AppRunner
            $before = $module.ProjectUri
            try {
                foreach ($uri in $null, [uri]'https://example.com/apprunner') {
                    $property.SetValue($module, $uri)
                    Get-ARService -Region eu-west-1 -ErrorAction SilentlyContinue -ErrorVariable failed
                    $failed[0].ErrorDetails.RecommendedAction
                }
            }
            finally { $property.SetValue($module, $before) }
            """);

        result.All<string>().ShouldBe(
        [
            "Report it where you got the module: in the issue tracker of its project. Include the output of '$Error[0] | Format-List * -Force | Out-String'. Remove secrets from it first.",
            "Report it at https://example.com/apprunner. Include the output of '$Error[0] | Format-List * -Force | Out-String'. Remove secrets from it first.",
        ]);
    }

    private sealed class DefectiveConnector : IAppRunnerConnector
    {
        public Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken) => throw new ArithmeticException("Something is divided.");

        public IReadOnlyList<ContextSetting> Describe(ConnectionSettings settings) => [];

        public string EnvironmentFingerprint() => string.Empty;

        public string[] GetProfileNames() => [];
    }
}
