using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Networks.Gradients;

/// <summary>Outputs and gradients by a row's state against those of libtorch, for every network of tables.</summary>
[TestClass]
public sealed class NetworkGradientTests
{
    private const int Rows = 7;

    private static IEnumerable<ArchitectureCase> Tables =>
    [
        .. ArchitectureCases.All.Where(one => one.Architecture is MlpArchitecture or ResidualMlpArchitecture or RealMlpArchitecture or TabMArchitecture),
        .. from activation in Enum.GetValues<Activation>() select new ArchitectureCase(NetworkArchitecture.Mlp(20) with { Activation = activation }, ArchitectureCase.Numbers),
        .. from normalization in Enum.GetValues<Normalization>()
           select new ArchitectureCase(NetworkArchitecture.Mlp(20, 5) with { Normalization = normalization, Activation = Activation.GELU }, ArchitectureCase.Numbers),
        .. from normalization in Enum.GetValues<Normalization>()
           select new ArchitectureCase(NetworkArchitecture.ResidualMlp(12, 2) with { Normalization = normalization, Activation = Activation.Tanh }, ArchitectureCase.Numbers),
        new(NetworkArchitecture.TabM(3, 16) with { AveragesProbabilities = false }, ArchitectureCase.Numbers),
        new(NetworkArchitecture.RealMlp(Activation.Mish) with { HiddenSizes = [33] }, ArchitectureCase.Numbers),
        new(NetworkArchitecture.Mlp(), ArchitectureCase.Numbers),
    ];

    private static IEnumerable<object[]> Cases =>
        from place in Enumerable.Range(0, Tables.Count()) from task in LearningTasks.All select new object[] { place, task.Name };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void They_are_libtorchs(int place, string taskName)
    {
        var architecture = Tables.ElementAt(place);
        var recipe = RegularizationRecipe.None with { StochasticDepth = architecture.Architecture is ResidualMlpArchitecture ? new StochasticDepth { Form = StochasticDepthForm.Original } : null };
        var task = LearningTasks.Find(taskName)!;
        var ml = new MLContext(seed: 1);
        var trainer = EveryTask.Trainer(ml, task, architecture.Options(recipe, epochs: 2) with { InputScaling = InputScaling.None });
        using var network = new Fitted(trainer.Fit(ml.Data.LoadFromEnumerable(InputExample.Of(40))).GetNeuralNetwork());

        var gradient = NetworkGradient.Of(network.Trained.Architecture, network.Trained.Parts)!;
        var tape = gradient.Layers.Rent(Rows);
        var random = new Random(place);
        var rows = Enumerable.Range(0, Rows).Select(_ => network.Row(random)).ToList();
        for (var row = 0; row < Rows; row++)
            gradient.Enter(rows[row], tape.Input.RowSpan(row));
        gradient.Layers.Forward(tape);
        var (outputs, weights) = (network.Trained.Outputs, new float[Rows * network.Trained.Outputs]);
        for (var i = 0; i < weights.Length; i++)
            weights[i] = random.NextSingle() * 2 - 1;
        for (var row = 0; row < Rows; row++)
            weights.AsSpan(row * outputs, outputs).CopyTo(tape.OutputGradient.RowSpan(row));

        var (expected, slopes) = network.Differentiate(rows, weights);
        for (var row = 0; row < Rows; row++)
            Golden.Closeness.AssertClose(expected.AsSpan(row * outputs, outputs), tape.Outputs.RowSpan(row), 2e-5, $"{architecture}, {taskName}: outputs of row {row}");
        gradient.Layers.Backward(tape);
        var (numbers, width) = (network.Trained.FilledInput.Numbers, rows[0].Length);
        for (var row = 0; row < Rows; row++)
            Golden.Closeness.AssertClose(slopes.AsSpan(row * width, numbers), tape.InputGradient.RowSpan(row)[..numbers], 5e-5, $"{architecture}, {taskName}: gradient of row {row}");
        gradient.Layers.Return(tape);
        for (var i = 0; i < gradient.Width; i++)
            Assert.AreEqual(i < numbers ? i : gradient.Sources[i], gradient.Sources[i]);
    }

    /// <summary>A trained network, and its module.</summary>
    private sealed class Fitted : IDisposable
    {
        private readonly Network _module;
        private readonly DisposeScope _scope = NewDisposeScope();

        public Fitted(TrainedNetwork trained)
        {
            Trained = trained;
            _module = trained.Architecture.CreateNetwork(trained.Parts.Input, trained.Outputs, new NetworkBuilder(trained.Recipe, RandomKey.FromSeed(0)));
            trained.Parts.Weights.CopyTo(_module);
            _module.eval();
        }

        public TrainedNetwork Trained { get; }

        public float[] Row(Random random)
        {
            var input = Trained.FilledInput;
            return [.. Enumerable.Range(0, input.Numbers).Select(_ => random.NextSingle() * 3 - 1), .. input.KeyValues.Select(values => (float)random.Next(values + 1))];
        }

        public (float[] Outputs, float[] Gradient) Differentiate(List<float[]> rows, float[] weights)
        {
            using var scope = NewDisposeScope();
            using var _ = enable_grad();
            var input = tensor(rows.SelectMany(row => row).ToArray(), [rows.Count, rows[0].Length], requires_grad: true);
            var output = _module.forward(input);
            (output * tensor(weights, [rows.Count, Trained.Outputs])).sum().backward();
            return (Read(output), input.grad is { } gradient ? Read(gradient) : new float[rows.Count * rows[0].Length]);
        }

        public void Dispose()
        {
            _module.Dispose();
            _scope.Dispose();
        }

        private static float[] Read(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().contiguous().bytes).ToArray();
    }
}
