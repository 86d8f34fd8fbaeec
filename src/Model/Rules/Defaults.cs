using System;
using System.Globalization;

namespace AppRunner.Model.Rules;

/// <summary>
/// The default of an absent member: App Runner's default or, if the API requires the member, the value that the cmdlets send. On a member
/// that is itself a shape, without a value: a shape with its defaults.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DefaultAttribute(object? value = null) : Attribute
{
    public object? Value { get; } = value;
}

/// <summary>Reads the <see cref="DefaultAttribute"/> of the Model's shapes, where default values are declared.</summary>
internal static class Defaults
{
    /// <summary>The default of a member.</summary>
    /// <typeparam name="TShape">The shape that has the member.</typeparam>
    /// <param name="member">The member's name.</param>
    /// <returns>A string, int or bool; for a shape, a new one with its defaults.</returns>
    /// <exception cref="ArgumentException">The member has no default.</exception>
    public static object Of<TShape>(string member)
        where TShape : class
    {
        foreach (var known in RequestRules.MembersOf(typeof(TShape)))
        {
            if (known.Property.Name == member && known.Default is not null)
                return Make(known);
        }

        throw new ArgumentException($"{typeof(TShape).Name}.{member} has no default.", nameof(member));
    }

    /// <summary>The default of a member that is a string.</summary>
    /// <typeparam name="TShape">The shape that has the member.</typeparam>
    /// <param name="member">The member's name.</param>
    /// <returns>The value.</returns>
    public static string Text<TShape>(string member)
        where TShape : class => (string)Of<TShape>(member);

    /// <summary>The default of a member that is a number, also if the API has it as a string (Port, Cpu, Memory).</summary>
    /// <typeparam name="TShape">The shape that has the member.</typeparam>
    /// <param name="member">The member's name.</param>
    /// <returns>The value.</returns>
    public static int Number<TShape>(string member)
        where TShape : class => Convert.ToInt32(Of<TShape>(member), CultureInfo.InvariantCulture);

    /// <summary>Sets every absent member of a shape, and of its nested shapes, to its default. Members without a default stay absent.</summary>
    /// <typeparam name="TShape">The shape.</typeparam>
    /// <param name="shape">The shape to fill.</param>
    /// <returns>The same object.</returns>
    public static TShape Fill<TShape>(TShape shape)
        where TShape : class
    {
        foreach (var member in RequestRules.MembersOf(shape.GetType()))
        {
            var value = member.Property.GetValue(shape);
            if (value is null or "" && member.Default is not null)
                member.Property.SetValue(shape, Make(member));
            else if (value is not null && RequestRules.IsShape(value.GetType()))
                Fill(value);
        }

        return shape;
    }

    private static object Make(ShapeMember member) => member.Default!.Value ?? Fill(Activator.CreateInstance(member.Property.PropertyType)!);
}
