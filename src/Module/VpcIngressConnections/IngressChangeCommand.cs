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

/// <summary>The base of cmdlets that change VPC ingress connections, which takes time.</summary>
public abstract class IngressChangeCommand : WaitingCommand
{
    /// <summary>Waits until it is AVAILABLE, or gone where it is removed; a failure is an error. Several are waited for at once.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Sends a request, and writes what it answers or waits for what comes of it.</summary>
    /// <typeparam name="TResponse">The type of its response.</typeparam>
    /// <param name="request">The request, already checked.</param>
    /// <param name="caption">What it is done to.</param>
    /// <param name="action">A verb, for ShouldProcess.</param>
    /// <param name="connection">Where to send.</param>
    /// <param name="result">The resource in the response.</param>
    private protected void Change<TResponse>(AppRunnerRequest<TResponse> request, string caption, string action, IAppRunnerConnection connection, Func<TResponse, VpcIngressConnection?> result)
        where TResponse : AppRunnerResponse
    {
        var target = Errors.Target;
        Requests.Send(request, caption, action, connection, response =>
        {
            var ingress = RequestSender.RequireResult(result(response), request, response);
            if (Wait)
                Waits.Start(connection, WaitFor(ingress, connection), ended => WriteResource(ended ?? Gone(ingress)), target);
            else
                WriteResource(ingress);
        });
    }

    /// <summary>VPC and endpoint from the parameters.</summary>
    /// <param name="whole">What was given in one piece; null for nothing.</param>
    /// <param name="vpcId">What was given of the VPC; wins.</param>
    /// <param name="vpcEndpointId">What was given of the endpoint; wins.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <returns>Both, as far as they are known.</returns>
    private protected static IngressVpcConfiguration Configuration(IngressVpcConfiguration? whole, string? vpcId, string? vpcEndpointId, List<Problem> problems)
    {
        problems.AddRange(BindingProblems.Of(whole, nameof(IngressVpcConfiguration)));
        return new IngressVpcConfiguration
        {
            VpcId = string.IsNullOrEmpty(vpcId) ? whole?.VpcId : vpcId,
            VpcEndpointId = string.IsNullOrEmpty(vpcEndpointId) ? whole?.VpcEndpointId : vpcEndpointId,
        };
    }

    /// <summary>Reads a VPC ingress connection.</summary>
    /// <param name="connection">Where to ask.</param>
    /// <param name="arn">Its ARN.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>It, whole.</returns>
    private protected static async Task<VpcIngressConnection> DescribeAsync(IAppRunnerConnection connection, string arn, CancellationToken cancellationToken)
    {
        var request = new DescribeVpcIngressConnectionRequest { VpcIngressConnectionArn = arn };
        var response = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return RequestSender.RequireResult(response.VpcIngressConnection, request, response);
    }

    private StateWait<VpcIngressConnection> WaitFor(VpcIngressConnection ingress, IAppRunnerConnection connection)
    {
        var removed = ingress.Status is VpcIngressConnectionStatus.PendingDeletion or VpcIngressConnectionStatus.Deleted;
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
            now => removed ? now?.Status is null or VpcIngressConnectionStatus.Deleted : now?.Status == VpcIngressConnectionStatus.Available,
            now => now.Status is VpcIngressConnectionStatus.FailedCreation or VpcIngressConnectionStatus.FailedUpdate or VpcIngressConnectionStatus.FailedDeletion or VpcIngressConnectionStatus.Deleted,
            $"Look at it with Get-ARVpcIngressConnection '{ingress.VpcIngressConnectionArn}'.");
    }

    private static VpcIngressConnection Gone(VpcIngressConnection ingress)
    {
        ingress.Status = VpcIngressConnectionStatus.Deleted;
        return ingress;
    }
}
