using System.Reflection;

namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

[TestClass]
public sealed class RegularizationRecipeTests
{
    [TestMethod]
    public void Every_preset_survives_JSON()
    {
        var presets = typeof(RegularizationRecipe).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(RegularizationRecipe))
            .Select(property => (RegularizationRecipe)property.GetValue(null)!)
            .ToList();

        Assert.IsGreaterThanOrEqualTo(7, presets.Count);
        foreach (var preset in presets)
            Assert.AreEqual(preset, RegularizationRecipe.FromJson(preset.ToJson()));
    }

    [TestMethod]
    public void JSON_names_what_is_switched_on()
    {
        var recipe = RegularizationRecipe.FromJson("""{ "weightDecay": 0.25, "dropout": { "kind": "standard", "dropProbability": 0.5 } }""");

        Assert.AreEqual(RegularizationRecipe.None with { WeightDecay = 0.25, Dropout = 0.5 }, recipe);
    }
}
