using System.Globalization;
using System.Reflection;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The pages of augmentations name all there is, with its defaults.</summary>
[TestClass]
public sealed class AugmentationPagesTests
{
    private static readonly string[] Pages = [.. new[] { "mixing.md", "images.md", "tables.md", "labels.md", "text.md" }.Select(File.ReadAllText)];

    private static IEnumerable<object[]> Kinds =>
        typeof(TrainingOnlyOptions).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TrainingOnlyOptions)) && !type.IsAbstract)
            .Select(type => new object[] { type });

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Every_transform_and_every_option_has_its_place(Type kind)
    {
        var name = kind.Name[..^"Options".Length];
        var page = Pages.FirstOrDefault(text => text.Contains($"| `{name}`", StringComparison.Ordinal));
        Assert.IsNotNull(page, $"no page has a row of {name}");
        var options = kind.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null && property.Name != "Seed");
        foreach (var option in options)
            Assert.Contains($"`{option.Name}`", page, $"{name}.{option.Name}");
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void A_number_in_a_row_of_one_option_is_its_default(Type kind)
    {
        var name = kind.Name[..^"Options".Length];
        var rows = Pages.SelectMany(page => page.Split('\n')).SkipWhile(line => !line.StartsWith($"| `{name}` |", StringComparison.Ordinal)).ToList();
        if (rows.Count == 0)
            return;

        var cells = rows[0].Split('|').Select(cell => cell.Trim()).ToList();
        var option = kind.GetProperty(cells[2].Trim('`'));
        if (option is null || !double.TryParse(cells[3], CultureInfo.InvariantCulture, out var written))
            return;
        Assert.AreEqual(Convert.ToDouble(option.GetValue(Activator.CreateInstance(kind)), CultureInfo.InvariantCulture), written, 1e-9, $"{name}.{option.Name}");
    }
}
