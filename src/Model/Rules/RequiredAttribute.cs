using System;

namespace AppRunner.Model.Rules;

/// <summary>The API's <c>required</c>: null and the empty string are problems.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RequiredAttribute : Attribute
{
}
