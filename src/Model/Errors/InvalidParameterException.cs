using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Parameters or a request are wrong; nothing was sent.</summary>
public sealed class InvalidParameterException : AppRunnerException
{
    /// <summary>Makes the exception for one problem.</summary>
    /// <param name="message">What is wrong and what would be right.</param>
    public InvalidParameterException(string message)
        : this(message, innerException: null)
    {
    }

    /// <summary>Makes the exception for one problem.</summary>
    /// <param name="message">What is wrong and what would be right.</param>
    /// <param name="innerException">What caused it.</param>
    public InvalidParameterException(string message, Exception? innerException)
        : base(ErrorIds.InvalidParameter, message, innerException)
    {
        Problems = [new Problem(string.Empty, message)];
    }

    /// <summary>Makes the exception for all problems of a request at once.</summary>
    /// <param name="subject">What is wrong, such as <c>The request for service "web"</c>.</param>
    /// <param name="problems">At least one problem.</param>
    public InvalidParameterException(string subject, IReadOnlyList<Problem> problems)
        : base(ErrorIds.InvalidParameter, Describe(subject, problems))
    {
        Problems = problems;
    }

    /// <summary>Every problem, with its path.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    private static string Describe(string subject, IReadOnlyList<Problem> problems) => problems.Count == 1
        ? problems[0].ToString()
        : subject + " has " + problems.Count + " problems:" + string.Concat(problems.Select(problem => "\n  " + problem));
}
