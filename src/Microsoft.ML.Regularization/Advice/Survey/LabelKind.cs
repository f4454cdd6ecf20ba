using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>What a label asks for.</summary>
internal static class LabelKind
{
    private const int MostClasses = 20;
    private const int LeastRows = 10;

    /// <summary>The task of a label.</summary>
    /// <param name="context">Makes errors.</param>
    /// <param name="label">The label.</param>
    /// <param name="isComplete">Whether no row lacks it: a mark cannot be missing, but a class can.</param>
    /// <param name="asked">What the options say; null to go by the label.</param>
    /// <exception cref="ArgumentException">There is nothing to learn, or the label does not fit the task.</exception>
    public static LearningTask TaskOf(IExceptionContext context, ReadColumn label, bool isComplete, LearningTask? asked)
    {
        var isKey = label.Kind == ColumnKind.Category && label.Type != TextDataViewType.Instance.ToString();
        if (label.Codes.Length < 2)
            throw context.ExceptUserArg("data", "There is one row with a label: two are the least that a model can be told from a guess by.");
        if (label.Distinct < 2)
            throw Refusal($"has one value in all {label.Codes.Length} rows: there is nothing to learn");
        if (asked == LearningTask.Regression && label.Numbers is null)
            throw Refusal($"is {label.Type}, which is no number, but Task is {asked}");
        if (asked == LearningTask.BinaryClassification && label.Distinct != 2)
            throw Refusal($"has {label.Distinct} values, but Task is {asked}");
        if (asked == LearningTask.BinaryClassification && isKey)
            throw Refusal($"is {label.Type}, which a {LearningTask.MulticlassClassification} learns, but Task is {asked}");
        if (asked == LearningTask.BinaryClassification && !isComplete)
            throw Refusal($"is missing in some rows, which would count as false, but Task is {asked}: leave these rows out, or take {LearningTask.MulticlassClassification}, which does");
        return asked ?? (label.Distinct == 2 && isComplete && !isKey ? LearningTask.BinaryClassification : label.Distinct == 2 || IsOfClasses(label) ? LearningTask.MulticlassClassification : LearningTask.Regression);

        Exception Refusal(string what) => context.ExceptUserArg(nameof(AdviceOptions.LabelColumnName), $"Column '{label.Name}' {what}.");
    }

    /// <summary>The classes, the most frequent one first.</summary>
    public static ValueList<ClassFacts> ClassesOf(ReadColumn label) =>
    [
        .. label.Codes.Index().GroupBy(one => one.Item).OrderByDescending(rows => rows.Count()).ThenBy(rows => rows.Key)
            .Select(rows => new ClassFacts(NameOf(label, rows.First().Index), rows.Count())),
    ];

    private static string NameOf(ReadColumn label, int row) =>
        label.Numbers is { } numbers ? label.Type == "Boolean" ? (numbers[row] == 1 ? "true" : "false") : ClassAnnotations.TextOf(numbers[row]) : label.Texts[label.Codes[row]];

    private static bool IsOfClasses(ReadColumn label) =>
        label.Numbers is null
        || (label.IsWhole && label.Distinct <= MostClasses && label.Codes.CountBy(code => code).Min(one => one.Value) >= LeastRows);
}
