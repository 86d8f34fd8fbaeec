using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Model.Waiting;

namespace AppRunner.VpcIngressConnections;

/// <summary>The base of cmdlets that change VPC ingress connections, with -Wait.</summary>
public abstract class IngressChangeCommand : WaitingCommand
{
    /// <summary>Waits until the connection is AVAILABLE, or gone if it is deleted; a failure is an error. Several waits run at the same time.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Sends a request. Writes the connection of the response, or with -Wait the connection at the end.</summary>
    /// <typeparam name="TResponse">The type of its response.</typeparam>
    /// <param name="request">The request, already checked.</param>
    /// <param name="target">The target for ShouldProcess.</param>
    /// <param name="action">The action for ShouldProcess: a verb.</param>
    /// <param name="connection">The connection to send with.</param>
    /// <param name="result">Gets the connection of the response.</param>
    private protected void Change<TResponse>(AppRunnerRequest<TResponse> request, string target, string action, IAppRunnerConnection connection, Func<TResponse, VpcIngressConnection?> result)
        where TResponse : AppRunnerResponse
    {
        var record = Errors.Target;
        Requests.Send(request, target, action, connection, response =>
        {
            var ingress = RequestSender.RequireResult(result(response), request, response);
            if (Wait)
                Waits.Start(connection, WaitFor(ingress, connection), ended => WriteResource(ended ?? AsDeleted(ingress)), record);
            else
                WriteResource(ingress);
        });
    }

    /// <summary>Gets VPC and endpoint from the parameters.</summary>
    /// <param name="configuration">The value of -IngressVpcConfiguration; null if it is not given.</param>
    /// <param name="vpcId">The value of -VpcId, which takes precedence.</param>
    /// <param name="vpcEndpointId">The value of -VpcEndpointId, which takes precedence.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The configuration; members that are not given are null.</returns>
    private protected static IngressVpcConfiguration Configuration(IngressVpcConfiguration? configuration, string? vpcId, string? vpcEndpointId, List<Problem> problems)
    {
        problems.AddRange(BindingProblems.Of(configuration, nameof(IngressVpcConfiguration)));
        return new IngressVpcConfiguration
        {
            VpcId = string.IsNullOrEmpty(vpcId) ? configuration?.VpcId : vpcId,
            VpcEndpointId = string.IsNullOrEmpty(vpcEndpointId) ? configuration?.VpcEndpointId : vpcEndpointId,
        };
    }

    /// <summary>Reads a VPC ingress connection.</summary>
    /// <param name="connection">The client to send with.</param>
    /// <param name="arn">Its ARN.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The complete connection.</returns>
    private protected static async Task<VpcIngressConnection> DescribeAsync(IAppRunnerConnection connection, string arn, CancellationToken cancellationToken)
    {
        var request = new DescribeVpcIngressConnectionRequest { VpcIngressConnectionArn = arn };
        var response = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return RequestSender.RequireResult(response.VpcIngressConnection, request, response);
    }

    private StateWait<VpcIngressConnection> WaitFor(VpcIngressConnection ingress, IAppRunnerConnection connection)
    {
        var isDeletion = ingress.Status is VpcIngressConnectionStatus.PendingDeletion or VpcIngressConnectionStatus.Deleted;
        return new StateWait<VpcIngressConnection>(
            ingress.VpcIngressConnectionArn!,
            MyInvocation.MyCommand.Name,
            $"VPC ingress connection \"{ingress.VpcIngressConnectionName}\"",
            async token =>
            {
                try
                {
                    return await DescribeAsync(connection, ingress.VpcIngressConnectionArn!, token).ConfigureAwait(false);
                }
                catch (ResourceNotFoundException)
                {
                    return null;
                }
            },
            now => now.Status,
            now => isDeletion ? now?.Status is null or VpcIngressConnectionStatus.Deleted : now?.Status == VpcIngressConnectionStatus.Available,
            now => now.Status is VpcIngressConnectionStatus.FailedCreation or VpcIngressConnectionStatus.FailedUpdate or VpcIngressConnectionStatus.FailedDeletion or VpcIngressConnectionStatus.Deleted,
            $"Check it with Get-ARVpcIngressConnection '{ingress.VpcIngressConnectionArn}'.");
    }

    private static VpcIngressConnection AsDeleted(VpcIngressConnection ingress)
    {
        ingress.Status = VpcIngressConnectionStatus.Deleted;
        return ingress;
    }
}
