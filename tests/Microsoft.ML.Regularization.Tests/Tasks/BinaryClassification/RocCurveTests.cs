namespace Microsoft.ML.Regularization.Tests.Tasks.BinaryClassification;

[TestClass]
public sealed class RocCurveTests
{
    [TestMethod]
    public void The_area_is_the_share_of_pairs_in_order()
    {
        var random = new Random(2);
        for (var trial = 0; trial < 20; trial++)
        {
            // Few distinct scores, so that many are tied.
            var rows = Enumerable.Range(0, 60).Select(_ => (Score: (float)random.Next(12), IsPositive: random.Next(3) == 0, Weight: random.Next(3) + 0.5f)).ToArray();
            var (pairs, total) = (0.0, 0.0);
            foreach (var positive in rows.Where(row => row.IsPositive))
            {
                foreach (var negative in rows.Where(row => !row.IsPositive))
                {
                    var weight = (double)positive.Weight * negative.Weight;
                    total += weight;
                    pairs += weight * (positive.Score > negative.Score ? 1 : positive.Score.Equals(negative.Score) ? 0.5 : 0);
                }
            }

            var area = RocCurve.Area(Array.ConvertAll(rows, row => row.Score), row => rows[row].IsPositive, row => rows[row].Weight);
            Assert.AreEqual(pairs / total, area!.Value, 1e-12);
        }
    }

    [TestMethod]
    public void One_sided_rows_tell_nothing()
    {
        Assert.IsNull(RocCurve.Area([1, 2, 3], _ => true, _ => 1));
        Assert.IsNull(RocCurve.Area([], _ => true, _ => 1));
    }
}
