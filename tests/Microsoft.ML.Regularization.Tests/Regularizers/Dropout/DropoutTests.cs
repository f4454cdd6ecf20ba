namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class DropoutTests
{
    [TestMethod]
    public void A_number_is_standard_dropout()
    {
        Dropout? dropout = 0.3;

        Assert.AreEqual(new StandardDropout(0.3), dropout);
        Assert.AreEqual(dropout, Dropout.FromDouble(0.3));
    }

    [TestMethod]
    public void Zero_is_none()
    {
        Dropout? dropout = 0.0;

        Assert.IsNull(dropout);
        Assert.AreEqual(RegularizationRecipe.None, new RegularizationRecipe { Dropout = 0 });
    }

    [TestMethod]
    public void It_prints_itself()
    {
        Assert.AreEqual("dropout 0.3", new StandardDropout(0.3).ToString());
        Assert.AreEqual("alpha dropout 0.1", new AlphaDropout(0.1).ToString());
        Assert.AreEqual("spatial dropout 0.1", new SpatialDropout(0.1).ToString());
        Assert.AreEqual("DropConnect 0.5", new DropConnect(0.5).ToString());
        Assert.AreEqual(
            "DropConnect 0.5 per example with matched moments",
            new DropConnect(0.5) { PerExample = true, Inference = DropConnectInference.MomentMatched }.ToString());
        Assert.AreEqual(
            "variational dropout (a rate by neuron from 0.1, KL 0.5 after 10 epochs, pruned above 3)",
            new VariationalDropout { Rates = VariationalRates.Neuron, KlWeight = 0.5 }.ToString());
    }

    [TestMethod]
    [DataRow("""{"kind":"gaussian","dropProbability":0.1}""")]
    [DataRow("""{"kind":"alpha","dropProbability":0.1}""")]
    [DataRow("""{"kind":"spatial","dropProbability":0.1}""")]
    [DataRow("""{"kind":"dropConnect","dropProbability":0.1,"perExample":true,"inference":"MomentMatched"}""")]
    [DataRow("""{"kind":"variational","rates":"Layer","klWeight":0.5,"warmUpEpochs":3,"pruneThreshold":4,"initialAlpha":0.1}""")]
    public void Json_has_a_kind_and_readable_names_and_gives_it_back(string json)
    {
        var recipe = RegularizationRecipe.FromJson($$"""{"dropout":{{json}}}""");
        Assert.AreEqual(recipe, RegularizationRecipe.FromJson(recipe.ToJson()));
        foreach (var member in System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject())
            Assert.AreEqual(member.Value!.ToJsonString(), System.Text.Json.Nodes.JsonNode.Parse(recipe.ToJson())!["dropout"]![member.Key]!.ToJsonString());
    }

    [TestMethod]
    public void Noise_of_any_kind_is_bound_to_a_probability_below_one()
    {
        foreach (var kind in new Dropout[] { new StandardDropout(1), new GaussianDropout(1), new AlphaDropout(1), new SpatialDropout(1), new DropConnect(1) })
            Assert.AreEqual("Dropout.DropProbability", Assert.ThrowsExactly<ArgumentOutOfRangeException>((RegularizationRecipe.None with { Dropout = kind }).Validate).ParamName);
    }
}
