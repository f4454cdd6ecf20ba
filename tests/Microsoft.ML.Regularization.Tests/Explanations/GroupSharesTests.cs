using Microsoft.ML.Regularization.Explanations;

namespace Microsoft.ML.Regularization.Tests.Explanations;

[TestClass]
public sealed class GroupSharesTests
{
    [TestMethod]
    [DataRow(1, 8, 1)]
    [DataRow(1, 8, 5)]
    [DataRow(5, 1, 1)]
    [DataRow(5, 8, 5)]
    [DataRow(5, 8, 10_000)]
    public void So_few_networks_take_all_groups(int networks, int groups, int networksOfGroup)
    {
        foreach (var own in GroupShares.Deal(Alike(networks), groups, networksOfGroup))
            CollectionAssert.AreEqual(Enumerable.Range(0, groups).ToArray(), own);
    }

    [TestMethod]
    [DataRow(35, 16, 6, 3)]
    [DataRow(35, 8, 1, 1)]
    [DataRow(35, 64, 1, 2)]
    [DataRow(20, 16, 4, 4)]
    [DataRow(7, 5, 3, 3)]
    [DataRow(100, 8, 8, 1)]
    public void Networks_have_groups_of_all_scores_and_groups_networks_that_count_as_much(int networks, int groups, int networksOfGroup, int groupsOfNetwork)
    {
        double[] rising = [.. Enumerable.Range(1, networks).Select(network => 2.0 * network / networks / (networks + 1))];
        foreach (var shares in new[] { Alike(networks), rising, [.. rising.Reverse()] })
        {
            var dealt = GroupShares.Deal(shares, groups, networksOfGroup);
            foreach (var own in dealt)
            {
                Assert.HasCount(groupsOfNetwork, own);
                for (var i = 0; i < own.Length; i++)
                    Assert.IsTrue(own[i] >= i * groups / groupsOfNetwork && own[i] < groups && (i == 0 || own[i] > own[i - 1]), string.Join(", ", own));
            }

            foreach (var group in Enumerable.Range(0, groups))
            {
                var counted = dealt.Zip(shares).Where(own => own.First.Contains(group)).Sum(own => own.Second);
                Assert.AreEqual((double)groupsOfNetwork / groups, counted, shares.Max() + 1e-9, $"group {group}");
            }
        }
    }

    private static double[] Alike(int count) => [.. Enumerable.Repeat(1.0 / count, count)];
}
