using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tensors;

/// <summary>Every operation gives the bits, and the gradient's bits, of the operator of TorchSharp that it stands for.</summary>
[TestClass]
public sealed class TensorArithmeticTests
{
    private const double Number = 0.3;

    private static readonly (string Name, Func<Tensor, Tensor> Ours, Func<Tensor, Tensor> Theirs)[] Operations =
    [
        ("sum", x => x.Plus(x.exp()), x => x + x.exp()),
        ("plus", x => x.Plus(Number), x => x + Number),
        ("one plus", x => x.Squared().Plus(1), x => 1 + x.square()),
        ("one minus", x => (-x.exp()).Plus(1), x => 1 - x.exp()),
        ("minus", x => x.Minus(Number), x => x - Number),
        ("times", x => x.Times(Number), x => x * Number),
        ("over", x => x.Over(Number), x => x / Number),
        ("over a whole number", x => x.Over(-2), x => x / -2),
        ("a number over", x => x.reciprocal().Times(Number), x => Number / x),
        ("square", x => x.Squared(), x => x.square()),
        ("power", x => x.abs().ToPower(Number), x => x.abs().pow(Number)),
        ("minimum", x => x.AtLeast(Number), x => x.clamp_min(Number)),
        ("whole minimum", x => x.AtLeast(0), x => x.clamp_min(0)),
        ("maximum", x => x.AtMost(Number), x => x.clamp_max(Number)),
        ("within", x => x.Within(Number), x => x.clamp(-Number, Number)),
        ("above", x => x * x.IsAbove(Number), x => x * (x > Number)),
        ("softplus", x => x.Softplus(), x => torch.nn.functional.softplus(x)),
        ("mish", x => ActivationLayer.Apply(Activation.Mish, x), x => torch.nn.functional.mish(x)),
    ];

    [TestMethod]
    public void An_operation_gives_the_bits_of_the_operator()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (name, ours, theirs) in Operations)
        {
            var (actual, expected) = (WithGradient(ours), WithGradient(theirs));
            Assert.IsTrue(actual.Value.bytes.SequenceEqual(expected.Value.bytes), name);
            Assert.IsTrue(actual.Gradient.bytes.SequenceEqual(expected.Gradient.bytes), $"the gradient of {name}");
        }
    }

    [TestMethod]
    public void Whole_numbers_count_from_0()
    {
        using var numbers = TensorArithmetic.WholeNumbers(5);
        CollectionAssert.AreEqual(new long[] { 0, 1, 2, 3, 4 }, numbers.data<long>().ToArray());
    }

    // From -30 to 30: beyond the softplus's threshold, and 61 is no multiple of a vector's width.
    private static (Tensor Value, Tensor Gradient) WithGradient(Func<Tensor, Tensor> operation)
    {
        var input = FloatTensors.Of([.. Enumerable.Range(-30, 61).Select(i => i + 0.137f)], 61).requires_grad_();
        var value = operation(input);
        value.sum().backward();
        return (value.detach(), input.grad!);
    }
}
