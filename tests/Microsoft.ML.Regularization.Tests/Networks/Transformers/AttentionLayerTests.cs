using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Transformers;

[TestClass]
public sealed class AttentionLayerTests
{
    private const int Batch = 2;
    private const int Tokens = 4;
    private const int Width = 6;
    private const int Heads = 3;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void It_is_the_attention_of_plain_loops(bool isMasked)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create();
        var input = Input();

        var output = layer.forward(input, isMasked ? Present() : null).data<float>().ToArray();

        Closeness.AssertClose(Loops(layer, input, isMasked ? [2, 4] : [4, 4]), output, 1e-5, "attention");
    }

    [TestMethod]
    public void What_stands_in_masked_places_does_not_matter()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create();
        var (input, other) = (Input(), Input());
        other[0, 2] += 7;
        other[0, 3] = -3;

        var (first, second) = (layer.forward(input, Present()), layer.forward(other, Present()));

        Assert.IsTrue(torch.allclose(first[0, ..2], second[0, ..2], atol: 1e-6));
        Assert.IsTrue(torch.allclose(first[1], second[1], atol: 1e-6));
        Assert.IsFalse(torch.allclose(layer.forward(input, null)[0, ..2], layer.forward(other, null)[0, ..2], atol: 1e-3));
    }

    [TestMethod]
    public void Tokens_in_another_order_give_outputs_in_that_order()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create();
        var order = torch.tensor(new long[] { 2, 0, 3, 1 });
        var input = Input();

        Assert.IsTrue(torch.allclose(layer.forward(input, null).index_select(1, order), layer.forward(input.index_select(1, order), null), atol: 1e-6));
    }

    [TestMethod]
    public void A_step_gives_the_same_bits_again()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create();

        CollectionAssert.AreEqual(Gradient(), Gradient());

        float[] Gradient()
        {
            var input = Input().requires_grad_();
            layer.forward(input, Present()).sin().sum().backward();
            return input.grad!.data<float>().ToArray();
        }
    }

    private static double[] Loops(AttentionLayer layer, torch.Tensor input, int[] lengths)
    {
        var parameters = layer.named_parameters().ToDictionary(named => named.name, named => named.parameter.data<float>().ToArray());
        var x = input.data<float>().ToArray();
        var output = new double[Batch * Tokens * Width];
        const int Size = Width / Heads;
        for (var row = 0; row < Batch; row++)
        {
            var projected = Enumerable.Range(0, Tokens)
                .Select(token => Linear([.. x.Skip((row * Tokens + token) * Width).Take(Width).Select(value => (double)value)], "qkv", 3 * Width)).ToArray();
            for (var token = 0; token < Tokens; token++)
            {
                var joined = new double[Width];
                for (var head = 0; head < Heads; head++)
                {
                    var scores = new double[lengths[row]];
                    for (var other = 0; other < scores.Length; other++)
                    {
                        for (var i = 0; i < Size; i++)
                            scores[other] += projected[token][head * Size + i] * projected[other][Width + head * Size + i] / Math.Sqrt(Size);
                    }

                    var sum = scores.Sum(Math.Exp);
                    for (var other = 0; other < scores.Length; other++)
                    {
                        for (var i = 0; i < Size; i++)
                            joined[head * Size + i] += Math.Exp(scores[other]) / sum * projected[other][2 * Width + head * Size + i];
                    }
                }

                Linear(joined, "output", Width).CopyTo(output, (row * Tokens + token) * Width);
            }
        }

        return output;

        double[] Linear(double[] values, string name, int outputs)
        {
            var (weight, bias) = (parameters[name + ".weight"], parameters[name + ".bias"]);
            return [.. Enumerable.Range(0, outputs).Select(o => bias[o] + values.Select((value, i) => value * weight[o * values.Length + i]).Sum())];
        }
    }

    private static AttentionLayer Create() => new(Width, Heads, outputGain: 1, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(3)));

    private static torch.Tensor Input() =>
        torch.sin(torch.arange(Batch * Tokens * Width, dtype: torch.ScalarType.Float32) * 1.7).mul(2).view(Batch, Tokens, Width);

    private static torch.Tensor Present() => torch.tensor(new[] { true, true, false, false, true, true, true, true }, [Batch, Tokens]);
}
