using Microsoft.ML.Regularization.Tests.Networks;


namespace Microsoft.ML.Regularization.Tests.Regularizers;

/// <summary>What holds of every recipe with every architecture: it is trained, or refused in words that name both sides.</summary>
[TestClass]
public sealed class CompatibilityProtocol
{
    [TestMethod]
    public void Every_refusal_names_option_architecture_and_reason()
    {
        var refused = 0;
        foreach (var architecture in ArchitectureCases.All.Select(own => own.Architecture).Distinct())
        {
            foreach (var recipe in RegularizerProtocol.AllRecipes.Concat(ArchitectureCases.Noises))
            {
                if (WhyRefused(architecture, recipe) is not { } error)
                    continue;

                StringAssert.StartsWith(error.Message, $"{error.ParamName} is ");
                Assert.Contains($"Architecture is {architecture}, wh", error.Message);
                refused++;
            }
        }

        Assert.IsGreaterThan(50, refused);
    }

    [TestMethod]
    public void What_a_technique_needs_is_known_to_an_architecture_or_to_others()
    {
        var demands = RegularizerProtocol.AllRecipes.Concat(ArchitectureCases.Noises).SelectMany(recipe => recipe.Demands()).ToList();

        Assert.IsNotEmpty(demands);
        foreach (var demand in demands.Where(demand => (demand.Needs & Capabilities.OfArchitectures) != Capabilities.None))
        {
            Assert.AreNotEqual("", demand.Because, demand.Option);
            Assert.AreNotEqual("", demand.Remedy, demand.Option);

            // An architecture says of one thing at a time that it lacks it.
            Assert.IsTrue(int.IsPow2((int)(demand.Needs & Capabilities.OfArchitectures)), demand.Option);
        }
    }

    private static ArgumentOutOfRangeException? WhyRefused(NetworkArchitecture architecture, RegularizationRecipe recipe)
    {
        try
        {
            architecture.CheckRecipe(new MLContext(), recipe);
            return null;
        }
        catch (ArgumentOutOfRangeException error)
        {
            return error;
        }
    }
}
