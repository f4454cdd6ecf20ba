using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Layers;

[TestClass]
public sealed class HiddenLayerTests
{
    [TestMethod]
    [DataRow(Normalization.None)]
    [DataRow(Normalization.Batch)]
    [DataRow(Normalization.Layer)]
    public void Linear_normalization_activation_noise_in_this_order(Normalization normalization)
    {
        const int Rows = 6, Inputs = 3, Outputs = 40;
        using var scope = torch.NewDisposeScope();
        var key = RandomKey.FromSeed(1);
        using var layer = new HiddenLayer(Inputs, Outputs, Activation.Tanh, normalization, new NetworkBuilder(new RegularizationRecipe { Dropout = 0.5 }, key));
        var input = torch.sin(torch.arange(Rows * Inputs, dtype: torch.ScalarType.Float32)).view(Rows, Inputs);
        var weight = layer.state_dict()["linear.weight"];

        var output = layer.forward(input).data<float>().ToArray();

        var z = input.mm(weight.t());
        var dimension = normalization == Normalization.Batch ? 0 : 1;
        if (normalization != Normalization.None)
        {
            var centred = z - z.mean([dimension], keepdim: true);
            z = centred / (centred.square().mean([dimension], keepdim: true) + 1e-5).sqrt();
        }

        var activated = z.data<float>().Select(value => Math.Tanh(value)).ToArray();
        for (var i = 0; i < output.Length; i++)
            Assert.AreEqual(output[i] == 0 ? 0 : 2 * activated[i], output[i], 1e-5);
        Assert.IsTrue(output.Count(value => value == 0) is > 60 and < 180);
    }
}
