using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Search;

namespace Microsoft.ML.Regularization;

/// <summary>How far a trial has come, and how good its model is by then.</summary>
public sealed record TrialResult
{
    /// <summary>The trial.</summary>
    public required Trial Trial { get; init; }

    /// <summary>The share of its epochs that was asked for, above 0 and to 1.</summary>
    public required double Share { get; init; }

    /// <summary>
    /// The metric of the validation rows, of the epoch whose weights the trial's model has; with folds, of the predictions for rows that networks have not seen. Null
    /// where there is no model.
    /// </summary>
    public double? Value { get; init; }

    /// <summary>Epochs that are done.</summary>
    public int Epochs { get; init; }

    /// <summary>Whether its training is over, by its last epoch or by early stopping: more epochs would not change it.</summary>
    public bool HasEnded { get; init; }

    /// <summary>Whether it was interrupted before its share was reached; the value is then that of its best epoch so far.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>Why there is no model, such as that training diverged or that options contradict each other. Null where there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>What went wrong on the way and did no harm, such as that a checkpoint was damaged and where training went on from instead. Default: none.</summary>
    public ValueList<string> Notices { get; init; } = [];

    /// <summary>Seconds that this share took beyond what was done before, with reading the rows.</summary>
    public double Seconds { get; init; }

    /// <summary>Where it ran: machine and process.</summary>
    public string? Worker { get; init; }

    /// <summary>Whether it is of a share that was done.</summary>
    [JsonIgnore]
    public bool IsComplete => !IsInterrupted;

    /// <summary>The result as JSON in one line.</summary>
    public string ToJson() => TrialJson.Write(this);

    /// <summary>Reads a result.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static TrialResult FromJson(string json) => StrictJson.Read<TrialResult>(Encoding.UTF8.GetBytes(json));

    /// <summary>That a trial could not be trained.</summary>
    internal static TrialResult Failed(TrialRequest request, string why) => new() { Trial = request.Trial, Share = request.Share, HasEnded = true, Failure = why };

    /// <summary>The trial's number, and what came of it, in one line; the same in every culture.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"trial {Trial.Number}, {Epochs} epochs, {Seconds:0.0} s: {(Failure is null ? $"{Value:0.0000}" : Failure)}{(IsInterrupted ? ", interrupted" : "")}{string.Concat(Notices.Select(notice => $" ({notice})"))}");
}
