namespace Microsoft.ML.Regularization.Tests.Arithmetic;

[TestClass]
public sealed class RowProductTests
{
    [TestMethod]
    [DoNotParallelize]
    public void A_factor_that_nobody_else_refers_to_lives_until_the_product_is_done()
    {
        const int Side = 256;
        var isOver = false;
        var collector = new Thread(() =>
        {
            // What is collected is written over at once.
            while (!Volatile.Read(ref isOver))
            {
                GC.Collect(0);
                new AlignedFloats(Side * Side).Span.Fill(float.NaN);
            }
        });
        collector.Start();
        try
        {
            var (weight, row, start, result) = (new float[Side * Side], new float[Side], new float[Side], new float[Side]);
            Array.Fill(weight, 1);
            Array.Fill(row, 1);
            for (var run = 0; run < 200; run++)
            {
                RowProduct.Compute(row, PackedMatrix.OfWeight(weight, Side), start, result);
                Assert.IsTrue(Array.TrueForAll(result, value => value == Side), $"run {run}");
            }
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            collector.Join();
        }
    }
}
