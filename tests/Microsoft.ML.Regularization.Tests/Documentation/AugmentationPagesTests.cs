using System.Globalization;
using System.Reflection;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The pages of augmentations name all there is, with its defaults.</summary>
[TestClass]
public sealed class AugmentationPagesTests
{
    private static readonly string[] Pages = [.. new[] { "mixing.md", "images.md", "tables.md", "labels.md", "text.md", "own-code.md" }.Select(File.ReadAllText)];

    private static IEnumerable<object[]> Kinds =>
        typeof(TrainingOnlyOptions).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TrainingOnlyOptions)) && !type.IsAbstract)
            .Select(type => new object[] { type });

    // Rows "| `Transform` | `Option` | number | ... |" of the pages.
    private static IEnumerable<object[]> Defaults =>
        from kind in Kinds.Select(row => (Type)row[0])
        let line = Pages.SelectMany(page => page.Split('\n')).FirstOrDefault(line => line.StartsWith($"| `{kind.Name[..^"Options".Length]}` |", StringComparison.Ordinal))
        where line is not null
        let cells = Array.ConvertAll(line.Split('|'), cell => cell.Trim(' ', '`'))
        where kind.GetProperty(cells[2]) is not null && double.TryParse(cells[3], CultureInfo.InvariantCulture, out _)
        select new object[] { kind, cells[2], double.Parse(cells[3], CultureInfo.InvariantCulture) };

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
    [DynamicData(nameof(Defaults))]
    public void A_number_in_a_row_of_one_option_is_its_default(Type kind, string option, double written) => Assert.AreEqual(
        Convert.ToDouble(kind.GetProperty(option)!.GetValue(Activator.CreateInstance(kind)), CultureInfo.InvariantCulture), written, 1e-9, $"{kind.Name}.{option}");

    [TestMethod]
    public void Rows_of_one_option_with_a_number_are_found() => Assert.IsNotEmpty(Defaults);
}
