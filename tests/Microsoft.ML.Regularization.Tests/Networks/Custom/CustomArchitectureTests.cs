using Microsoft.ML.Regularization.Tests.Trainers;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Networks.Custom;

[TestClass]
public sealed class CustomArchitectureTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_file_keeps_the_type_and_its_properties()
    {
        var architecture = NetworkArchitecture.Custom(new NormalizedNetwork { Units = 7 });
        var loaded = (CustomArchitecture)SaveAndLoad(Fit(architecture, RegularizationRecipe.None)).GetNeuralNetwork().Architecture;

        Assert.AreEqual(architecture, loaded);
        Assert.AreEqual("""{"units":7}""", loaded.Properties);
        Assert.AreEqual($"{typeof(NormalizedNetwork).FullName}, Microsoft.ML.Regularization.Tests", loaded.TypeName);
    }

    [TestMethod]
    public void Parameters_are_those_of_the_module()
    {
        var weights = Fit(NetworkArchitecture.Custom(new NormalizedNetwork { Units = 7 }), RegularizationRecipe.None).GetNeuralNetwork().Weights;

        // Two linear layers, scale and shift, and their statistics.
        var own = weights.Where(tensor => tensor.Name.StartsWith("module.", StringComparison.Ordinal));
        Assert.AreEqual((4 * 7 + 7) + 2 * 7 + (7 * 3 + 3) + 2 * 7, own.Sum(tensor => tensor.Values.Length));
        Assert.AreNotEqual(1f, weights.Single(tensor => tensor.Name == "module.1.running_var").Values.Span[0]);
    }

    [TestMethod]
    public void Initial_weights_follow_the_trainers_seed_and_leave_the_global_generator_alone()
    {
        var rows = new MLContext().Rows(30);
        manual_seed(8);
        using var expected = rand(3);
        manual_seed(8);
        var models = Enumerable.Range(0, 8).AsParallel().AsOrdered().Select(i => Sum(seed: i / 4)).ToList();
        using var actual = rand(3);

        Assert.HasCount(2, models.Distinct().ToList());
        CollectionAssert.AreEqual(models[..4], Enumerable.Repeat(models[0], 4).ToList());
        CollectionAssert.AreEqual(expected.data<float>().ToArray(), actual.data<float>().ToArray());

        double Sum(int seed) => new MLContext().Fit(
            SmallNetwork.Options with { Architecture = NetworkArchitecture.Custom(new UnseededNetwork()), MaxEpochs = 1, Seed = seed }, rows)
            .GetNeuralNetwork().Weights.Sum(tensor => tensor.Values.ToArray().Sum(value => (double)value));
    }

    [TestMethod]
    [DataRow("Gone.Network, Gone")]
    [DataRow("Microsoft.ML.Regularization.Tests.GoneNetwork, Microsoft.ML.Regularization.Tests")]
    [DataRow("[[,")]
    public void A_type_that_the_program_lacks_is_named(string name) =>
        AssertRefused(name, "which the program lacks");

    [TestMethod]
    public void Nothing_of_another_type_runs()
    {
        AssertRefused(CustomType.NameOf(typeof(Counter)), "implements ICustomNetwork");

        Assert.AreEqual(0, Counter.Made);
    }

    [TestMethod]
    public void A_type_that_cannot_be_made_is_refused()
    {
        Assert.Contains("without parameters", Assert.ThrowsExactly<InvalidOperationException>(() => NetworkArchitecture.Custom(new Unmakeable(3))).Message);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => NetworkArchitecture.Custom(new Forgetful { Units = 3 }));
        Assert.Contains("do not survive JSON", error.Message);
        var unknown = new CustomArchitecture { TypeName = CustomType.NameOf(typeof(NormalizedNetwork)), Properties = """{"size":3}""" };
        Assert.Contains("size", Assert.ThrowsExactly<InvalidOperationException>(() => unknown.Validate(_ml)).Message);
    }

    [TestMethod]
    [DataRow(Fault.Outputs, "(2, 3)", "(2, 5)")]
    [DataRow(Fault.Precise, "'weight'", "Float64")]
    [DataRow(Fault.Empty, "no parameters", "Custom(")]
    [DataRow(Fault.Frozen, "'weight'", "buffer")]
    [DataRow(Fault.Nothing, "no module", "Custom(")]
    public void A_module_that_cannot_be_trained_is_refused(Fault fault, string first, string second)
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(
            () => Fit(NetworkArchitecture.Custom(new FaultyNetwork { Fault = fault }), RegularizationRecipe.None));

        Assert.Contains(first, error.Message);
        Assert.Contains(second, error.Message);
    }

    public static IEnumerable<object[]> Recipes =>
    [
        [RegularizationRecipe.None with { WeightDecay = 0.1, L1 = 1e-3, L2 = 1e-3, MaxNorm = 2, GradientClipping = GradientClipping.ByNorm(1) }],
        [RegularizationRecipe.None with { LabelSmoothing = 0.1, ManifoldMixup = new ManifoldMixup() }],
        [RegularizationRecipe.None with { SharpnessAware = new SharpnessAwareMinimization(), WeightAveraging = WeightAveraging.Exponential() }],
        [RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Fgsm(0.05), WeightAveraging = WeightAveraging.Stochastic() }],
        [RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { Patience = 3 } }],
    ];

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void Recipes_that_need_no_layers_of_their_own_work(RegularizationRecipe recipe)
    {
        var model = Fit(NetworkArchitecture.Custom(new NormalizedNetwork()), recipe);
        var history = model.GetNeuralNetwork().History;

        Assert.IsLessThan(history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);
        var view = _ml.Data.LoadFromEnumerable(InputExample.Of(60));
        SmallNetwork.AssertEqual(EveryTask.Scores(model, view), EveryTask.Scores(SaveAndLoad(model), view));
        SmallNetwork.AssertEqual(EveryTask.Weights(model), EveryTask.Weights(Fit(NetworkArchitecture.Custom(new NormalizedNetwork()), recipe)));
    }

    [TestMethod]
    public void Tokens_are_neither_mixed_nor_attacked()
    {
        var texts = NetworkArchitecture.Custom(new WordsNetwork());
        var mixed = RegularizationRecipe.None with { ManifoldMixup = new ManifoldMixup() };
        var attacked = RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Fgsm(0.05) };

        Assert.Contains("ManifoldMixup", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => texts.CheckRecipe(_ml, mixed)).Message);
        Assert.Contains("AdversarialTraining", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => texts.CheckRecipe(_ml, attacked)).Message);
    }

    [TestMethod]
    public void Images_come_channels_first_whatever_their_order()
    {
        // 2 x 2 pixels of 3 channels: value = 10 * place + channel.
        float[] last = [.. Enumerable.Range(0, 12).Select(i => 10f * (i / 3) + i % 3)];
        float[] first = [.. Enumerable.Range(0, 12).Select(i => 10f * (i % 4) + i / 4)];
        foreach (var (order, row) in new[] { (ChannelOrder.ChannelsLast, last), (ChannelOrder.ChannelsFirst, first) })
        {
            var input = new InputLayout { Numbers = 12, Image = new ImageShape(2, 2, 3, order) };
            using var network = NetworkArchitecture.Custom(new SeenNetwork()).CreateNetwork(input, 12, new NetworkBuilder(RegularizationRecipe.None, default));
            using var pass = network.Begin(isTraining: false);

            CollectionAssert.AreEqual(first, network.forward(tensor(row, [1, 12])).data<float>().ToArray());
        }
    }

    private static ITransformer Fit(NetworkArchitecture architecture, RegularizationRecipe recipe) =>
        new ArchitectureCase(architecture, ArchitectureCase.Numbers).Trainer(LearningTask.MulticlassClassification, recipe, epochs: 8)
            .Fit(new MLContext().Data.LoadFromEnumerable(InputExample.Of(60)));

    private ITransformer SaveAndLoad(ITransformer model)
    {
        using var file = new MemoryStream();
        _ml.Model.Save(model, null, file);
        file.Position = 0;
        return new MLContext().Model.Load(file, out _);
    }

    private void AssertRefused(string typeName, string why)
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => new CustomArchitecture { TypeName = typeName }.Validate(_ml));
        Assert.Contains(typeName, error.Message);
        Assert.Contains(why, error.Message);
    }

    public enum Fault
    {
        Outputs,
        Precise,
        Empty,
        Frozen,
        Nothing,
    }

    public sealed class FaultyNetwork : ICustomNetwork
    {
        public Fault Fault { get; init; }

        public nn.Module<Tensor, Tensor> Create(CustomNetworkInput input, int outputs) => Fault switch
        {
            Fault.Outputs => nn.Linear(input.Numbers, outputs + 2),
            Fault.Precise => nn.Linear(input.Numbers, outputs, dtype: ScalarType.Float64),
            Fault.Empty => nn.Identity(),
            Fault.Frozen => Frozen(nn.Linear(input.Numbers, outputs)),
            _ => null!,
        };

        private static TorchSharp.Modules.Linear Frozen(TorchSharp.Modules.Linear linear)
        {
            linear.weight.requires_grad = false;
            return linear;
        }
    }

    /// <summary>Gives what it reads.</summary>
    public sealed class SeenNetwork : ICustomNetwork
    {
        public CustomInputKind InputKind => CustomInputKind.Images;

        public nn.Module<Tensor, Tensor> Create(CustomNetworkInput input, int outputs) => nn.Sequential(nn.Flatten(), nn.PReLU(1));
    }

    public sealed class Unmakeable(int units) : ICustomNetwork
    {
        public nn.Module<Tensor, Tensor> Create(CustomNetworkInput input, int outputs) => nn.Linear(units, outputs);
    }

    /// <summary>What it is told is gone once it is read.</summary>
    public sealed class Forgetful : ICustomNetwork
    {
        private int _units;

        public int Units
        {
            get => _units;
            set => _units = value + 1;
        }

        public nn.Module<Tensor, Tensor> Create(CustomNetworkInput input, int outputs) => nn.Linear(Units, outputs);
    }

    public sealed class Counter
    {
        public Counter() => Made++;

        public static int Made { get; private set; }
    }
}
