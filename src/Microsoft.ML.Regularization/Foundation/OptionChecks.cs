using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Foundation;

/// <summary>Range checks of options, in ML.NET's manner: the error names the option, the legal range and the value.</summary>
internal static class OptionChecks
{
    public static void CheckFinite(this IExceptionContext context, double value, string option)
    {
        if (!double.IsFinite(value))
            throw context.OutOfRange(value, option, "finite");
        context.CheckFloat(value, option);
    }

    public static void CheckAtLeast(this IExceptionContext context, double value, string option, double minimum)
    {
        if (!double.IsFinite(value) || value < minimum)
            throw context.OutOfRange(value, option, string.Create(CultureInfo.InvariantCulture, $"at least {minimum}"));
        context.CheckFloat(value, option);
    }

    public static void CheckAbove(this IExceptionContext context, double value, string option, double bound)
    {
        if (!double.IsFinite(value) || value <= bound)
            throw context.OutOfRange(value, option, string.Create(CultureInfo.InvariantCulture, $"above {bound}"));
        context.CheckFloat(value, option);
    }

    public static void CheckBetween(this IExceptionContext context, double value, string option, double minimum, double maximum)
    {
        if (!(value >= minimum && value <= maximum))
            throw context.OutOfRange(value, option, string.Create(CultureInfo.InvariantCulture, $"from {minimum} to {maximum}"));
    }

    /// <summary>For probabilities and rates whose upper end would leave nothing.</summary>
    public static void CheckFromZeroToBelowOne(this IExceptionContext context, double value, string option)
    {
        if (!(value is >= 0 and < 1))
            throw context.OutOfRange(value, option, "at least 0 and below 1");
    }

    /// <summary>For factors that must leave something and may leave all.</summary>
    public static void CheckAboveZeroToOne(this IExceptionContext context, double value, string option)
    {
        if (!(value is > 0 and <= 1))
            throw context.OutOfRange(value, option, "above 0 and at most 1");
    }

    /// <summary>For fractions of which neither end makes sense.</summary>
    public static void CheckInsideZeroOne(this IExceptionContext context, double value, string option)
    {
        if (!(value is > 0 and < 1))
            throw context.OutOfRange(value, option, "above 0 and below 1");
    }

    public static void CheckDefined<TEnum>(this IExceptionContext context, TEnum value, string option)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw context.OutOfRange(value, option, "one of " + string.Join(", ", Enum.GetNames<TEnum>()));
    }

    public static void CheckName(this IExceptionContext context, string? value, string option)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw context.ExceptUserArg(option, $"{option} must name a column, but it is {(value is null ? "null" : "blank")}.");
    }

    /// <summary>For names that may be left out.</summary>
    public static void CheckNameIfAny(this IExceptionContext context, string? value, string option)
    {
        if (value is not null)
            context.CheckName(value, option);
    }

    /// <summary>For lists of columns: each has a name, and none is named twice.</summary>
    public static void CheckNames(this IExceptionContext context, ValueList<string> names, string option)
    {
        for (var i = 0; i < names.Count; i++)
        {
            context.CheckName(names[i], $"{option}[{i}]");
            if (names.Take(i).Contains(names[i]))
                throw context.ExceptUserArg(option, $"{option} names '{names[i]}' twice.");
        }
    }

    /// <summary>For slots of a vector, where null stands for all of them.</summary>
    public static void CheckSlotNamesIfAny(this IExceptionContext context, ValueList<string>? names, string option)
    {
        if (names is { Count: 0 })
            throw context.ExceptUserArg(option, $"{option} must name a slot at least, but it is empty: null stands for all slots.");
        if (names?.Any(string.IsNullOrWhiteSpace) == true)
            throw context.ExceptUserArg(option, $"{option} must hold names of slots, but one of them is blank.");
    }

    // Networks and rows compute with floats.
    private static void CheckFloat(this IExceptionContext context, double value, string option)
    {
        if (!float.IsFinite((float)value))
            throw context.OutOfRange(value, option, string.Create(CultureInfo.InvariantCulture, $"from {float.MinValue} to {float.MaxValue}"));
    }

    private static Exception OutOfRange(this IExceptionContext context, object value, string option, string range) =>
        context.ExceptUserArg(option, string.Create(CultureInfo.InvariantCulture, $"{option} must be {range}, but it is {value}."));
}
