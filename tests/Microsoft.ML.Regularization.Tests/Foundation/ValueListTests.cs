using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Tests.Foundation;

[TestClass]
public sealed class ValueListTests
{
    [TestMethod]
    public void Lists_compare_by_items_and_their_order()
    {
        ValueList<string> list = ["Age", "Job"];
        ValueList<string> same = ["Age", "Job"];
        Assert.AreEqual(list, same);
        Assert.AreEqual(list.GetHashCode(), same.GetHashCode());
        Assert.AreNotEqual(list, ["Job", "Age"]);
        Assert.AreNotEqual(list, ["Age"]);
        Assert.IsFalse(list.Equals(null));
        Assert.AreEqual(new GaussianNoiseOptions { SlotNames = list }, new GaussianNoiseOptions { SlotNames = same });
        Assert.AreEqual(RegularizationRecipe.None with { Augmentations = [new CutoutOptions()] }, RegularizationRecipe.None with { Augmentations = [new CutoutOptions()] });
    }

    [TestMethod]
    public void Records_with_lists_print_their_items()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.AreEqual("0.5, 2", ValueList.Create([0.5, 2]).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.AreEqual("", ValueList.Create<int>([]).ToString());
        Assert.Contains("SlotNames = Age, Job", new GaussianNoiseOptions { SlotNames = ["Age", "Job"] }.ToString());
    }

    [TestMethod]
    public void An_array_converts_and_is_copied()
    {
        int[] sizes = [3, 4];
        var architecture = new MlpArchitecture { HiddenSizes = sizes };
        sizes[0] = 7;
        Assert.AreEqual(NetworkArchitecture.Mlp(3, 4), architecture);
        CollectionAssert.AreEqual(new[] { 3, 4 }, architecture.HiddenSizes.ToArray());
        Assert.AreEqual(4, architecture.HiddenSizes[^1]);
        ValueList<int>? none = (int[]?)null;
        Assert.IsNull(none);
    }

    [TestMethod]
    public void Null_items_are_refused_by_their_option()
    {
        var context = new MLContext();
        AssertRefuses("CategoricalColumnNames[1]", () => new MixupOptions { CategoricalColumnNames = ["Age", null!] }.Validate(context));
        AssertRefuses("SlotNames", () => new GaussianNoiseOptions { SlotNames = [null!] }.Validate(context));
        AssertRefuses("OneOf", () => new OneOfOptions { Augmentations = [new CutoutOptions(), null!] }.Validate(context));
        AssertRefuses("Augmentations", () => (RegularizationRecipe.None with { Augmentations = [null!] }).Validate(context));

        static void AssertRefuses(string option, Action validate) =>
            Assert.Contains(option, Assert.ThrowsExactly<ArgumentOutOfRangeException>(validate).Message);
    }

    [TestMethod]
    public void It_is_an_array_in_JSON()
    {
        Assert.AreEqual("[\"Age\",\"Job\"]", JsonSerializer.Serialize<ValueList<string>>(["Age", "Job"]));
        Assert.AreEqual(["Age", "Job"], JsonSerializer.Deserialize<ValueList<string>>("[\"Age\",\"Job\"]"));
        Assert.ThrowsExactly<JsonException>(() => JsonSerializer.Deserialize<ValueList<string>>("[\"Age\",null]"));
        Assert.ThrowsExactly<JsonException>(() => StrictJson.Read<ValueList<double>>(Encoding.UTF8.GetBytes("[1,null]")));
        Assert.ThrowsExactly<JsonException>(() => StrictJson.Read<ValueList<double>>(Encoding.UTF8.GetBytes("1")));
    }

    [TestMethod]
    public void Every_list_of_a_public_record_compares_by_value()
    {
        var lists =
            from type in typeof(ValueList<>).Assembly.GetExportedTypes()
            where type.GetMethod("<Clone>$") is not null
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            where property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && property.PropertyType != typeof(string)
            where property.PropertyType.IsAssignableTo(typeof(IEquatable<>).MakeGenericType(property.PropertyType)) == false
            select $"{type.Name}.{property.Name}";
        Assert.AreEqual("EpochReport.ValidationMetrics, ProbeReport.ValidationMetrics, TrainingHistory.OutOfFoldMetrics", string.Join(", ", lists.Distinct()));
    }
}
