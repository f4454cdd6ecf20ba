using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers.Penalties;

[TestClass]
public sealed class CustomPenaltyTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void One_that_computes_the_same_as_L2_trains_the_same_network()
    {
        var rows = _ml.Rows(120);
        var expected = _ml.Fit(SmallNetwork.Options with { Recipe = RegularizationRecipe.None with { L2 = 0.1 } }, rows);
        var actual = _ml.Fit(With(new OwnPowerPenalty { Strength = 0.05f }), rows);
        var without = _ml.Fit(SmallNetwork.Options, rows);

        Assert.IsLessThan(1e-4f, Distance(expected.Model, actual.Model));
        Assert.IsGreaterThan(1e-2f, Distance(expected.Model, without.Model));

        static float Distance(NeuralNetworkMulticlassModelParameters first, NeuralNetworkMulticlassModelParameters second) => SmallNetwork.Weights(first)
            .Zip(SmallNetwork.Weights(second)).Max(pair => pair.First.Zip(pair.Second).Max(numbers => Math.Abs(numbers.First - numbers.Second)));
    }

    [TestMethod]
    public void Its_gradient_is_added_to_that_of_the_loss_and_is_that_of_finite_differences()
    {
        var penalty = new OwnPowerPenalty { Strength = 0.7f, Power = 4 };
        using var network = NetworkArchitecture.Mlp(3).CreateNetwork(2, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);
        parameters.GradientSpan.Fill(5);

        new CustomPenaltyGradient(CustomPenalty.Of(penalty), network).AddGradient();

        var named = network.named_parameters().ToDictionary(one => one.name, one => (torch.Tensor)one.parameter);
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        var checkedNumbers = 0;
        foreach (var (name, weights) in named)
        {
            var flat = weights.view(-1);
            for (var i = 0; i < flat.shape[0]; i++)
            {
                const float Step = 1e-2f;
                var element = flat.narrow(0, i, 1);
                element.add_(Step);
                var above = penalty.Compute(named).item<float>();
                element.sub_(2 * Step);
                var below = penalty.Compute(named).item<float>();
                element.add_(Step);
                Assert.AreEqual(5 + (above - below) / (2 * Step), weights.grad!.view(-1)[i].item<float>(), 2e-3, $"{name}, element {i}");
                checkedNumbers++;
            }
        }

        Assert.AreEqual(2 * 3 + 3 + 3 * 2 + 2, checkedNumbers);
    }

    [TestMethod]
    public void A_recipe_with_it_survives_json_and_a_file_also_where_the_type_is_missing()
    {
        var rows = _ml.Rows(60);
        var options = With(new OwnPowerPenalty { Strength = 0.25f });
        Assert.AreEqual(options.Recipe, RegularizationRecipe.FromJson(options.Recipe!.ToJson()));
        Assert.Contains("""custom penalty (Microsoft.ML.Regularization.Tests.Regularizers.Penalties.OwnPowerPenalty {"strength":0.25,"power":2})""", options.Recipe.ToString());

        var model = _ml.Fit(options, rows);
        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        SmallNetwork.AssertEqual(SmallNetwork.Scores(model.Transform(rows)), SmallNetwork.Scores(loaded.Transform(rows)));
        Assert.AreEqual(options.Recipe, loaded.GetNeuralNetwork().Recipe);

        var missing = options.Recipe with { Penalty = new CustomPenalty { TypeName = "Nowhere.Penalty, Nowhere" } };
        Assert.AreEqual(missing, RegularizationRecipe.FromJson(missing.ToJson()));
        Assert.Contains("'Nowhere.Penalty, Nowhere'", Assert.Throws<InvalidOperationException>(() => _ml.Fit(SmallNetwork.Options with { Recipe = missing }, rows)).Message);
    }

    [TestMethod]
    public void It_penalizes_weights_of_sparse_rows_too()
    {
        var rows = _ml.Data.LoadFromEnumerable(InputExample.Of(90));
        var options = With(new OwnPowerPenalty { Strength = 0.05f }) with { FeatureColumnName = nameof(InputExample.Sparse), Architecture = NetworkArchitecture.Mlp(8), MaxEpochs = 4 };
        var sparse = _ml.Fit(options, rows);
        var dense = _ml.Fit(options with { MultipliesSparseRows = false }, rows);
        foreach (var (first, second) in SmallNetwork.Weights(sparse.Model).Zip(SmallNetwork.Weights(dense.Model)))
        {
            for (var i = 0; i < first.Length; i++)
                Assert.AreEqual(first[i], second[i], 1e-4);
        }
    }

    [TestMethod]
    public void A_run_that_was_interrupted_goes_on_to_the_same_network()
    {
        var rows = _ml.Rows(120);
        var options = With(new OwnPowerPenalty { Strength = 0.05f });
        var (model, interruptions) = InterruptedTraining.Fit(options, Fit, checkpoints: 4);
        Assert.IsGreaterThan(1, interruptions);
        InterruptedTraining.AssertSame(Fit(options), model);

        ITransformer Fit(NeuralNetworkOptions own) => new MLContext(seed: 4).MulticlassClassification.Trainers.NeuralNetwork(own).Fit(rows);
    }

    [TestMethod]
    public void What_is_no_penalty_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => _ml.Fit(With(new OwnConstantPenalty()), _ml.Rows(30)));
        Assert.Contains("OwnConstantPenalty", error.Message);
        Assert.Contains("that no gradient flows through", error.Message);
        var blank = SmallNetwork.Options with { Recipe = RegularizationRecipe.None with { Penalty = new CustomPenalty { TypeName = " " } } };
        Assert.Contains("CustomPenalty.TypeName", Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(blank)).Message);
        Assert.ThrowsExactly<ArgumentNullException>(() => CustomPenalty.Of(null!));
    }

    private static NeuralNetworkOptions With(ICustomPenalty penalty) =>
        SmallNetwork.Options with { Recipe = RegularizationRecipe.None with { Penalty = CustomPenalty.Of(penalty) } };
}
