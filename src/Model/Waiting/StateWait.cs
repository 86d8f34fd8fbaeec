using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>What is waited for where the API has no operation to ask for: a resource that comes into a state.</summary>
/// <typeparam name="T">The resource.</typeparam>
/// <param name="Arn">The ARN that progress is shown under.</param>
/// <param name="Activity">What goes on, for progress, such as <c>ASSOCIATE_CUSTOM_DOMAIN example.com</c>.</param>
/// <param name="Caption">The resource in a sentence, such as <c>Custom domain "example.com"</c>.</param>
/// <param name="ReadAsync">Reads the resource; null where it is gone.</param>
/// <param name="StatusOf">Its status.</param>
/// <param name="HasCome">Whether the state has come; is asked about null too.</param>
/// <param name="HasFailed">Whether it never will.</param>
/// <param name="WhatNext">What to do after a time-out.</param>
public sealed record StateWait<T>(
    string Arn,
    string Activity,
    string Caption,
    Func<CancellationToken, Task<T?>> ReadAsync,
    Func<T, string?> StatusOf,
    Func<T?, bool> HasCome,
    Func<T, bool> HasFailed,
    string WhatNext)
    where T : class;
