using System.Globalization;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Logs which numbers training cannot learn from, and how missing numbers are handled: one line for each kind.</summary>
internal static class InputNotices
{
    public static void Report(IChannel channel, DataViewSchema.Column column, InputStatistics statistics)
    {
        var stepSize = statistics.Gaps.Count;
        var imputation = statistics.Imputation;
        if (imputation is { Unknown.Length: > 0 })
        {
            channel.Warning(
                $"Column '{column.Name}': {Count(imputation.Unknown)} missing in all training rows, and will count for nothing: "
                + $"{SlotNames.List(column, imputation.Unknown)}.");
        }

        if (imputation is { Indicated.Length: > 0 })
        {
            var gaps = imputation.Indicated.Sum(number => statistics.Gaps[number]);
            channel.Info(string.Create(
                CultureInfo.InvariantCulture,
                $"Column '{column.Name}': {Count(imputation.Indicated)} missing in some training rows, {gaps} times in all: the median is filled in, and an "
                + $"indicator tells of it: {SlotNames.List(column, imputation.Indicated)}."));
        }

        var coarse = Where((scale, _) => scale.IsCoarse);
        if (coarse.Count > 0)
        {
            channel.Warning(
                $"Column '{column.Name}': {Count(coarse)} known only to a few steps of the precision of Single, which is what numbers of their size that differ "
                + $"so little have: {SlotNames.List(column, coarse)}. Subtract what their values have in common while they are Double or Int64.");
        }

        var constant = Where((scale, slot) => scale.IsConstant && imputation?.Unknown.Contains(slot % stepSize) != true);
        if (constant.Count > 0)
        {
            channel.Info(
                $"Column '{column.Name}': {Count(constant)} the same in all training rows, and will count for nothing: {SlotNames.List(column, constant)}.");
        }

        List<int> Where(Func<NumberScale, int, bool> condition) =>
            [.. Enumerable.Range(0, statistics.Numbers.Count).Where(slot => condition(statistics.Numbers[slot], slot))];
    }

    private static string Count(IReadOnlyCollection<int> slots) =>
        slots.Count == 1 ? "1 number is" : string.Create(CultureInfo.InvariantCulture, $"{slots.Count} numbers are");
}
