using SequenceOrder = Microsoft.ML.Regularization.Networks.SequenceOrder;

namespace Microsoft.ML.Regularization.Tests.Networks.Recurrent;

[TestClass]
public sealed class SequenceOrderTests
{
    /// <summary>The same object takes longer and shorter sequences, more and fewer of them.</summary>
    [TestMethod]
    public void Longer_sequences_come_first_and_rows_are_there_for_their_steps_alone()
    {
        var (order, random) = (new SequenceOrder(), new Random(3));
        foreach (var (count, longest) in new[] { (1, 1), (7, 4), (40, 30), (3, 2), (60, 9) })
        {
            int[] lengths = [.. Enumerable.Range(0, count).Select(_ => random.Next(1, longest + 1))];
            lengths.CopyTo(order.Begin(count));
            order.Sort();

            int[] expected = [.. Enumerable.Range(0, count).OrderByDescending(sequence => lengths[sequence])];
            CollectionAssert.AreEqual(expected, Enumerable.Range(0, count).Select(order.SequenceAt).ToArray());
            Assert.AreEqual((count, lengths.Max(), lengths.Sum()), (order.Count, order.Longest, order.Total));

            var rows = new List<int>();
            for (var step = 0; step < order.Longest; step++)
            {
                var having = lengths.Count(length => length > step);
                Assert.AreEqual(having, order.CountWith(step, 0, count));
                Assert.AreEqual(Math.Clamp(having - 2, 0, 3), order.CountWith(step, first: 2, count: 3));
                rows.AddRange(Enumerable.Range(0, having).Select(place => order.RowOf(place, step)));
            }

            CollectionAssert.AreEqual(Enumerable.Range(0, order.Total).ToArray(), rows);
            Assert.AreEqual(0, order.CountWith(order.Longest, 0, count));
            for (var place = 0; place < count; place++)
            {
                var length = lengths[expected[place]];
                for (var step = 0; step < length; step++)
                {
                    Assert.AreEqual(step + 1 < length ? order.RowOf(place, step + 1) : order.Total + place, order.RowBehind(place, step));
                    Assert.AreEqual((step, length - 1 - step), (order.PositionOf(place, step, isBack: false), order.PositionOf(place, step, isBack: true)));
                }
            }
        }
    }

    [TestMethod]
    public void An_empty_text_is_one_step_of_padding()
    {
        Assert.AreEqual(1, SequenceOrder.LengthOf([0, 0, 0]));
        Assert.AreEqual(1, SequenceOrder.LengthOf([5, 0, 0]));
        Assert.AreEqual(3, SequenceOrder.LengthOf([5, 1, 2]));
    }
}
