using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks.Scorers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Layers;

[TestClass]
public sealed class MomentMatchingTests
{
    private static readonly (float Mean, float Deviation)[] Normals =
        [.. from mean in new[] { -8f, -2, -0.7f, 0, 0.3f, 1.5f, 9 } from deviation in new[] { 0, 0.01f, 0.3f, 1, 2.5f, 6 } select (mean, deviation)];

    public static IEnumerable<object[]> Activations => Enum.GetValues<Activation>().Select(activation => new object[] { activation });

    /// <summary>Against the trapezoidal rule over a grid of hundred thousand points.</summary>
    [TestMethod]
    [DynamicData(nameof(Activations))]
    public void Expectations_are_the_integral_in_torch_and_in_managed_code(Activation activation)
    {
        using var scope = torch.NewDisposeScope();
        float[] means = [.. Normals.Select(normal => normal.Mean)];
        float[] variances = [.. Normals.Select(normal => normal.Deviation * normal.Deviation)];
        var expected = Normals.Select(normal => Integral(x => Function(activation, normal.Mean + normal.Deviation * x))).ToArray();

        var calls = MomentMatching.Expectation(activation, torch.tensor(means.ToArray()), torch.tensor(variances)).data<float>().ToArray();
        NormalExpectation.Apply(activation, means, variances);

        Closeness.AssertClose(expected, calls, 3e-6, "torch");
        Closeness.AssertClose(expected, means, 3e-6, "managed");
    }

    /// <summary>The mean over many masks of what the layer gives in training; the network's evaluation must be near it, and nearer than mean weights are.</summary>
    [TestMethod]
    [DataRow(Activation.ReLU, Normalization.None)]
    [DataRow(Activation.Tanh, Normalization.None)]
    [DataRow(Activation.SELU, Normalization.None)]
    [DataRow(Activation.GELU, Normalization.Batch)]
    [DataRow(Activation.ReLU, Normalization.Layer)]
    public void It_is_what_the_mean_over_masks_tends_to(Activation activation, Normalization normalization)
    {
        const int inputs = 60, outputs = 80, rows = 5, samples = 4000;
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var recipe = new RegularizationRecipe { Dropout = new DropConnect(0.5) { Inference = DropConnectInference.MomentMatched } };
        var builder = new NetworkBuilder(recipe, RandomKey.FromSeed(1));
        using var layer = new HiddenLayer(inputs, outputs, activation, normalization, builder);
        var input = torch.arange(rows * inputs, dtype: torch.ScalarType.Float32).mul(1.3).sin().view(rows, inputs);
        if (normalization == Normalization.Batch)
        {
            // Statistics of masked outputs, as training leaves them; masks go with them as they are at scoring.
            layer.train();
            for (; builder.Clock.Step < 200; builder.Clock.Step++)
                layer.forward(input);
            layer.eval();
            ((torch.nn.Module)layer.named_children().Single(child => child.name == "linear").module).train();
        }

        var sum = torch.zeros(rows, outputs);
        for (var i = 0; i < samples; i++)
        {
            using var inner = torch.NewDisposeScope();
            builder.Clock.Step++;
            sum.add_(layer.forward(input));
        }

        var expected = sum / samples;
        layer.eval();
        var matched = layer.forward(input);
        var deviation = (matched - expected).square().mean().sqrt().item<float>();
        Assert.IsLessThan(0.025, deviation);

        var meanRecipe = new RegularizationRecipe { Dropout = new DropConnect(0.5) };
        using var plain = new HiddenLayer(inputs, outputs, activation, normalization, new NetworkBuilder(meanRecipe, RandomKey.FromSeed(1)));
        foreach (var (to, from) in plain.named_buffers().Zip(layer.named_buffers()))
            to.buffer.copy_(from.buffer);
        plain.eval();
        Assert.IsGreaterThan(4 * deviation, (plain.forward(input) - expected).square().mean().sqrt().item<float>());
    }

    // The series behind GELU's closed form ends at eight deviations, where GELU is ReLU.
    private static double Function(Activation activation, double x) =>
        ActivationFunctionTests.ClosedForm(activation == Activation.GELU && Math.Abs(x) > 8 ? Activation.ReLU : activation, x);

    private static double Integral(Func<double, double> function)
    {
        const double reach = 9, step = 1.8e-4;
        var sum = 0.0;
        for (var x = -reach; x <= reach; x += step)
            sum += function(x) * Math.Exp(-x * x / 2);
        return sum * step / Math.Sqrt(2 * Math.PI);
    }
}
