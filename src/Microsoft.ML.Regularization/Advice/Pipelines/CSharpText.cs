using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Options as C# that makes them.</summary>
internal static class CSharpText
{
    private const string Step = "    ";

    /// <summary>An expression whose value equals the given one.</summary>
    /// <param name="value">An option: a record, a list, a number, a text, an enumeration; or null.</param>
    /// <param name="indent">What lines behind the first begin with.</param>
    public static string Of(object? value, string indent = "") => value switch
    {
        null => "null",
        bool mark => mark ? "true" : "false",
        string text => Quote(text),
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        int.MaxValue => "int.MaxValue",
        int number => number.ToString(CultureInfo.InvariantCulture),
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"TimeSpan.FromSeconds({time.TotalSeconds:R})"),
        Enum member => string.Join(" | ", member.ToString().Split(", ").Select(name => $"{member.GetType().Name}.{name}")),
        RegularizationRecipe recipe => OfRecipe(recipe, indent),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(item => Of(item, indent)))}]",
        _ => OfRecord(value, indent),
    };

    /// <summary>A text in quotes.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
            quoted.Append(letter switch { '"' => "\\\"", '\\' => @"\\", _ when char.IsControl(letter) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"), _ => letter.ToString() });
        return quoted.Append('"').ToString();
    }

    /// <summary>What must be set so that one record becomes another one of its type: the body of a <c>with</c>.</summary>
    public static IReadOnlyList<string> Differences(object record, object from, string indent) =>
    [
        .. record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && !Equals(property.GetValue(record), property.GetValue(from)))
            .OrderBy(property => property.Name.Contains("ColumnName", StringComparison.Ordinal) ? 0 : 1)
            .Select(property => $"{property.Name} = {Of(property.GetValue(record), indent)}"),
    ];

    private static string OfRecord(object record, string indent)
    {
        var type = record.GetType();
        var constructor = type.GetConstructors().MinBy(constructor => constructor.GetParameters().Length)!;
        var arguments = constructor.GetParameters().Select(parameter => type.GetProperty(parameter.Name!)!.GetValue(record)).ToArray();
        var set = Differences(record, constructor.Invoke(arguments), indent + Step);
        var call = $"new {type.Name}({string.Join(", ", arguments.Select(argument => Of(argument, indent)))})";
        return set.Count == 0 ? call : (arguments.Length == 0 ? call[..^2] : call) + Body(set, indent);
    }

    // The preset that least of it differs from.
    private static string OfRecipe(RegularizationRecipe recipe, string indent)
    {
        var (name, set) = typeof(RegularizationRecipe).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(RegularizationRecipe))
            .Select(property => (property.Name, Set: Differences(recipe, property.GetValue(null)!, indent + Step)))
            .MinBy(preset => preset.Set.Count);
        return $"{nameof(RegularizationRecipe)}.{name}" + (set.Count == 0 ? "" : " with" + Body(set, indent));
    }

    private static string Body(IReadOnlyList<string> set, string indent) => set.Count == 1 && !set[0].Contains('\n')
        ? $" {{ {set[0]} }}"
        : $"\n{indent}{{\n{string.Concat(set.Select(line => $"{indent}{Step}{line},\n"))}{indent}}}";
}
