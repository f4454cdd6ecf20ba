using Microsoft.ML.Data;

namespace TextClassification;

/// <summary>A row of spam-subjects.tsv.</summary>
internal sealed class Message
{
    /// <summary>ham or spam.</summary>
    [LoadColumn(0)]
    public string Kind { get; set; } = "";

    [LoadColumn(1)]
    public string Subject { get; set; } = "";
}
