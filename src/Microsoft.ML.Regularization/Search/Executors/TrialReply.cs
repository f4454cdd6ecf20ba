using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>What a worker answers to a request: a result, or why there is none. Executors outside this process send it.</summary>
public sealed record TrialReply
{
    /// <summary>What came of the trial; null where it could not be run.</summary>
    public TrialResult? Result { get; init; }

    /// <summary>Why it could not be run; null where there is a result.</summary>
    public string? Error { get; init; }

    /// <summary>Whether it was interrupted before its first epoch was complete.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Whether files could not be read or written.</summary>
    public bool IsStorage { get; init; }

    /// <summary>Runs a trial, whatever comes of it.</summary>
    /// <param name="run">Runs it.</param>
    [SuppressMessage("Design", "CA1031", Justification = "The asker throws it.")]
    public static TrialReply Of(Func<TrialResult> run)
    {
        Contracts.CheckValue(run, nameof(run));
        try
        {
            return new TrialReply { Result = run() };
        }
        catch (Exception exception)
        {
            return new TrialReply
            {
                Error = exception.Message,
                IsCancelled = exception is OperationCanceledException,
                IsStorage = exception is IOException or UnauthorizedAccessException,
            };
        }
    }

    /// <summary>The result.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted before its first epoch was complete.</exception>
    /// <exception cref="IOException">Files could not be read or written.</exception>
    /// <exception cref="InvalidOperationException">It could not be run for another reason.</exception>
    public TrialResult Get() => Result
        ?? throw (IsCancelled ? new OperationCanceledException(Error) : IsStorage ? new IOException(Error) : Contracts.Except($"A worker could not run a trial: {Error}"));

    /// <summary>The reply as JSON in one line.</summary>
    public string ToJson() => Search.TrialJson.Write(this);

    /// <summary>Reads a reply.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static TrialReply FromJson(string json) => StrictJson.Read<TrialReply>(Encoding.UTF8.GetBytes(json));
}
