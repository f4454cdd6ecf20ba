using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Recurrent;

[TestClass]
public sealed class PaddedSequenceTests
{
    private static readonly float[] Numbers = [-1, -2, 3, -9, -5, 7, -7, -8, 9];

    [TestMethod]
    public void Reversed_padding_stays_behind()
    {
        using var scope = torch.NewDisposeScope();
        CollectionAssert.AreEqual(new float[] { -2, -1, 3, -9, -5, 7, 9, -8, -7 }, Values(Padded().Reverse()));
        CollectionAssert.AreEqual(new float[] { 3, -2, -1, 7, -5, -9, 9, -8, -7 }, Values(Full().Reverse()));
        CollectionAssert.AreEqual(Numbers, Values(Padded().Reverse().Reverse()));
    }

    [TestMethod]
    public void Pooling_leaves_padding_out()
    {
        using var scope = torch.NewDisposeScope();
        AssertPooled([-2, -9, 9], Padded(), SequencePooling.Last);
        AssertPooled([-1.5f, -9, -2], Padded(), SequencePooling.Mean);
        AssertPooled([-1, -9, 9], Padded(), SequencePooling.Max);
    }

    [TestMethod]
    public void Pooling_takes_all_steps_where_there_is_no_padding()
    {
        using var scope = torch.NewDisposeScope();
        AssertPooled([3, 7, 9], Full(), SequencePooling.Last);
        AssertPooled([0, -7f / 3, -2], Full(), SequencePooling.Mean);
        AssertPooled([3, 7, 9], Full(), SequencePooling.Max);
    }

    private static void AssertPooled(float[] expected, PaddedSequence sequence, SequencePooling pooling)
    {
        var pooled = sequence.Pool(pooling);
        CollectionAssert.AreEqual(new long[] { 3, 1 }, pooled.shape);
        Closeness.AssertClose(expected, pooled.contiguous().data<float>().ToArray(), 1e-6, pooling.ToString());
    }

    private static PaddedSequence Padded() => Full() with { Lengths = torch.tensor([2L, 1L, 3L]) };

    private static PaddedSequence Full() => new(torch.tensor(Numbers, [3, 3, 1]), null);

    private static float[] Values(PaddedSequence sequence) => sequence.Values.contiguous().data<float>().ToArray();
}
