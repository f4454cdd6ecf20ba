using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tensors;

/// <summary>Every operation changes the tensor to the bits that the call of TorchSharp which it stands for gives.</summary>
[TestClass]
public sealed class InPlaceArithmeticTests
{
    private const double Number = 0.3;

    private static readonly (string Name, Func<Tensor, Tensor, Tensor> Ours, Func<Tensor, Tensor, Tensor> Theirs)[] Operations =
    [
        ("add a number", (x, y) => x.Add(Number), (x, y) => x.add_(Number)),
        ("add", (x, y) => x.Add(y), (x, y) => x.add_(y)),
        ("add a multiple", (x, y) => x.Add(y, Number), (x, y) => x.add_(y, Number)),
        ("add a product", (x, y) => x.AddProduct(y, y, Number), (x, y) => x.addcmul_(y, y, Number)),
        ("add a quotient", (x, y) => x.AddQuotient(y, y.exp(), Number), (x, y) => x.addcdiv_(y, y.exp(), Number)),
        ("add a whole quotient", (x, y) => x.AddQuotient(y, y.exp(), 1), (x, y) => x.addcdiv_(y, y.exp(), 1)),
        ("multiply", (x, y) => x.Multiply(Number), (x, y) => x.mul_(Number)),
        ("clip", (x, y) => x.Clip(Number), (x, y) => x.clamp_(-Number, Number)),
        ("fill", (x, y) => x.Fill(Number), (x, y) => x.fill_(Number)),
    ];

    [TestMethod]
    public void An_operation_changes_the_tensor_to_the_bits_of_the_call()
    {
        using var scope = torch.NewDisposeScope();
        var other = Numbers(0.71f);
        foreach (var (name, ours, theirs) in Operations)
        {
            var (actual, expected) = (Numbers(0.137f), Numbers(0.137f));
            var changed = ours(actual, other);
            Assert.IsTrue(ReferenceEquals(actual, changed), name);
            theirs(expected, other);
            Assert.IsTrue(actual.bytes.SequenceEqual(expected.bytes), name);
        }
    }

    private static Tensor Numbers(float scale) => FloatTensors.Of([.. Enumerable.Range(-18, 37).Select(i => i * scale)], 37);
}
