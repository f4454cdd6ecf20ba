using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Options as a flat list of fields and values, by the runtime type of each object, so that an option that is added later is included automatically:
/// <c>Recipe.Dropout</c> is <c>StandardDropout</c>, <c>Recipe.Dropout.Rate</c> is <c>0.2</c>.
/// </summary>
internal static class OptionFields
{
    public const string None = "none";

    /// <param name="options">Their public properties.</param>
    /// <param name="without">Names of properties to leave out.</param>
    public static SortedDictionary<string, string> Of(object options, params IReadOnlyCollection<string> without)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in PropertiesOf(options).Where(property => !without.Contains(property.Name)))
            Add(fields, property.Name, property.GetValue(options));
        return fields;
    }

    private static void Add(SortedDictionary<string, string> fields, string path, object? value)
    {
        switch (value)
        {
            case null:
                fields[path] = None;
                break;
            case string or Enum or Delegate:
                fields[path] = value.ToString()!;
                break;
            case IFormattable number:
                fields[path] = number.ToString(null, CultureInfo.InvariantCulture);
                break;
            case IEnumerable list:
                var items = list.Cast<object?>().ToList();
                fields[path] = $"{items.Count} values";
                for (var i = 0; i < items.Count; i++)
                    Add(fields, $"{path}[{i}]", items[i]);
                break;
            default:
                fields[path] = value.GetType().Name;
                foreach (var property in PropertiesOf(value))
                    Add(fields, $"{path}.{property.Name}", property.GetValue(value));
                break;
        }
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(object options) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0);
}
