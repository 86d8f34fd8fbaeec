using System;
using System.Globalization;

namespace AppRunner.Model.Rules;

/// <summary>
/// The value that stands for an absent member: App Runner's own or, where the API requires the member, the one that the cmdlets send.
/// Without a value, on a member that is itself a shape: a shape of nothing but its defaults.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DefaultAttribute(object? value = null) : Attribute
{
    public object? Value { get; } = value;
}

/// <summary>Reads the <see cref="DefaultAttribute"/> of the Model's shapes: the one place where a default value is declared.</summary>
internal static class Defaults
{
    /// <summary>The default of a member.</summary>
    /// <typeparam name="TShape">The shape that has the member.</typeparam>
    /// <param name="member">The member's name.</param>
    /// <returns>A string, int or bool; for a member that is a shape, a new one with its defaults.</returns>
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

    /// <summary>The default of a member that is a number, also where the API carries it as a string (Port, Cpu, Memory).</summary>
    /// <typeparam name="TShape">The shape that has the member.</typeparam>
    /// <param name="member">The member's name.</param>
    /// <returns>The value.</returns>
    public static int Number<TShape>(string member)
        where TShape : class => Convert.ToInt32(Of<TShape>(member), CultureInfo.InvariantCulture);

    /// <summary>Gives every absent member of a shape its default, and those of the shapes below it. Members without a default stay absent.</summary>
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
