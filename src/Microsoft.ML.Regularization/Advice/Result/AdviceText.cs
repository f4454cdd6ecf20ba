using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Advice as text.</summary>
internal static class AdviceText
{
    private const int MostClasses = 6;

    public static string Of(TrainingAdvice advice)
    {
        var (table, text) = (advice.Table, new StringBuilder());
        text.Append(Invariant($"{table.Rows:N0} rows"));
        if (table.LookedAt < table.Rows)
            text.Append(Invariant($", of which {table.LookedAt:N0} were looked at"));
        if (table.Unlabelled > 0)
            text.Append(Invariant($", {table.Unlabelled:0.0%} without a label"));
        text.Append(Invariant($". {table.LabelColumnName}: {table.Task}{Classes(table)}.")).AppendLine().AppendLine();
        text.AppendLine(Columns(table)).AppendLine();
        foreach (var (i, recommendation) in advice.Recommendations.Index())
        {
            text.AppendLine(Invariant($"{i + 1}. {Capital(recommendation.What)}.{(recommendation.IsInPipeline ? "" : " (Not in the code.)")}")).Append("   ").Append(Capital(recommendation.Reason)).AppendLine(".").AppendLine(Invariant($"   {Capital(recommendation.Figure)} ({recommendation.Source})."));
        }

        return text.AppendLine().Append(advice.Code).Replace("\r", "").ToString();
    }

    private static string Classes(TableFacts table)
    {
        if (table.Classes.Count == 0)
            return "";
        var first = table.Classes.Take(MostClasses).Select(one => Invariant($"{one.Name} {(double)one.Rows / table.LookedAt:0.0%}"));
        var more = table.Classes.Count > MostClasses ? Invariant($" and {table.Classes.Count - MostClasses} more") : "";
        return Invariant($" of {table.Classes.Count} classes ({string.Join(", ", first)}{more})");
    }

    private static string Columns(TableFacts table)
    {
        var name = Math.Max(6, table.Columns.Max(column => column.Name.Length));
        List<string> lines = [$"{"column".PadRight(name)}  {"holds",-9} {"values",8} {"missing",8} {"tells",7}  note"];
        lines.AddRange(table.Columns.Select(column => string.Create(
            CultureInfo.InvariantCulture,
            $"{column.Name.PadRight(name)}  {column.Kind,-9} {column.Distinct,8:N0} {(column.Missing > 0 ? column.Missing.ToString("0.0%", CultureInfo.InvariantCulture) : ""),8} {column.Tells?.ToString("0%", CultureInfo.InvariantCulture) ?? "",7}  {Note(column)}").TrimEnd()));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Note(ColumnFacts column) =>
        column.IsConstant ? (column.Distinct == 0 ? "empty" : "constant") : column.IsId ? "names rows" : column.IsLeak ? "gives the label away" : column.IsGroup ? "groups rows"
        : column.Kind is ColumnKind.Date or ColumnKind.Other ? "not read" : column.Size > 1 ? Invariant($"{column.Size} numbers") : "";

    private static string Capital(string sentence) => sentence.Length == 0 ? sentence : char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
