using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Transformers;

[TestClass]
public sealed class BertFormTests
{
    private const int Outputs = 2;

    private static readonly TextInput Text = new(6, 9) { KeepsLastToken = true };
    private static readonly TextTransformerArchitecture Bert = NetworkArchitecture.Bert(4, 2, 2, Text.MaxLength) with { MlpRatio = 2, NormalizationEpsilon = 1e-3 };

    [TestMethod]
    [DataRow(TokenPooling.Mean)]
    [DataRow(TokenPooling.FirstToken)]
    public void A_text_scores_alike_alone_and_beside_longer_ones(TokenPooling pooling)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(Bert with { Pooling = pooling });
        network.to(torch.ScalarType.Float64);
        using var pass = network.Begin(isTraining: false);
        var texts = Texts();

        var together = network.forward(texts);

        for (var row = 0; row < texts.shape[0]; row++)
            Assert.IsTrue(torch.allclose(together.narrow(0, row, 1), network.forward(texts.narrow(0, row, 1)), rtol: 0, atol: 1e-12), $"row {row}");
        Assert.IsFalse(torch.allclose(together[0], together[1], atol: 1e-3));
    }

    /// <summary>Noise on the shares of attention included, which is computed by other operators than attention without.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(0.2)]
    public void Its_gradients_are_right(double dropout)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(Bert, RegularizationRecipe.None with { Dropout = dropout == 0 ? null : dropout });
        network.to(torch.ScalarType.Float64);
        network.train();
        var texts = Texts();
        using (torch.no_grad())
        {
            foreach (var named in network.named_parameters().Where(named => named.name is "embedding.weight" or "positions.table"))
                named.parameter.mul_(40);
        }

        GradientCheck.AssertRight(
            () => (network.forward(texts) * torch.arange(texts.shape[0] * Outputs, dtype: torch.ScalarType.Float64).sin().view(-1, Outputs)).sum(),
            [.. network.named_parameters().Select(named => (named.name, (torch.Tensor)named.parameter))]);
    }

    /// <summary>The mean over draws of the noise on shares tends to what attention gives without, since the outputs are linear in the shares.</summary>
    [TestMethod]
    public void Noise_on_the_shares_of_attention_has_the_right_mean_and_is_drawn_anew()
    {
        const int Draws = 4000;
        using var scope = torch.NewDisposeScope();
        var builder = new NetworkBuilder(RegularizationRecipe.None with { Dropout = 0.3 }, RandomKey.FromSeed(3));
        using var layer = new AttentionLayer(6, 3, 1, builder, hasNoisyShares: true);
        var input = torch.arange(48, dtype: torch.ScalarType.Float32).sin().view(2, 4, 6);
        var present = torch.tensor(new[] { true, true, false, false, true, true, true, true }, [2, 4]);
        using var gradients = torch.no_grad();
        layer.eval();
        var expected = layer.forward(input, present);
        layer.train();
        var (mean, last) = (torch.zeros_like(expected), expected);
        for (var draw = 0; draw < Draws; draw++)
        {
            using var one = torch.NewDisposeScope();
            builder.Clock.Step = (ulong)draw;
            mean.add_(layer.forward(input, present) / Draws);
        }

        // The places of tokens that are there.
        var there = present.unsqueeze(2).to(torch.ScalarType.Float32);
        Assert.IsTrue(torch.allclose(mean * there, expected * there, rtol: 0, atol: 0.06), $"{(mean - expected).abs().max().item<float>()}");
        Assert.IsFalse(torch.allclose(layer.forward(input, present), last, atol: 1e-2));
        Assert.IsTrue(torch.allclose(layer.forward(input, present), layer.forward(input, present), rtol: 0, atol: 0), "the same step draws the same");
    }

    [TestMethod]
    public void What_cannot_be_is_refused_by_name()
    {
        Check("Pooling", Bert with { Pooling = TokenPooling.ClassToken });
        Check("Form", Bert with { Form = (TransformerForm)7 });
        Check("NormalizationEpsilon", Bert with { NormalizationEpsilon = 0 });
        Check("Pooling", NetworkArchitecture.VisionTransformer() with { Pooling = TokenPooling.FirstToken });

        static void Check(string option, NetworkArchitecture architecture)
        {
            IExceptionContext context = new MLContext();
            Assert.AreEqual(option, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.Validate(context)).ParamName);
        }
    }

    private static Network Create(TextTransformerArchitecture architecture, RegularizationRecipe? recipe = null) =>
        architecture.CreateNetwork(new InputLayout { Text = Text }, Outputs, new NetworkBuilder(recipe ?? RegularizationRecipe.None, RandomKey.FromSeed(7)));

    private static torch.Tensor Texts() => torch.tensor(new float[] { 2, 5, 0, 0, 0, 0, 7, 3, 10, 4, 0, 0, 1, 0, 0, 0, 0, 0 }, [3, 6]);
}
