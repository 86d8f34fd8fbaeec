using System;

namespace AppRunner.Model.Rules;

/// <summary>The API's <c>sensitive</c>: never shown in messages, verbose output, -WhatIf or default views.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SensitiveAttribute : Attribute
{
}
