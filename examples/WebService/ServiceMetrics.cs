using System.Globalization;

namespace WebService;

/// <summary>Counts, in the text format that Prometheus reads.</summary>
internal sealed class ServiceMetrics(ModelStore models, FeedbackStore feedback)
{
    private long _answers;
    private long _refusals;
    private long _trainings;

    public void Answered() => Interlocked.Increment(ref _answers);

    public void Refused() => Interlocked.Increment(ref _refusals);

    public void Trained() => Interlocked.Increment(ref _trainings);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        # TYPE credit_answers_total counter
        credit_answers_total {Interlocked.Read(ref _answers)}
        # TYPE credit_refusals_total counter
        credit_refusals_total {Interlocked.Read(ref _refusals)}
        # TYPE credit_trainings_total counter
        credit_trainings_total {Interlocked.Read(ref _trainings)}
        # TYPE credit_swaps_total counter
        credit_swaps_total {models.Swaps}
        # TYPE credit_feedback_rows gauge
        credit_feedback_rows {(feedback.Problem() is null ? feedback.Count() : double.NaN)}
        # TYPE credit_model_version gauge
        credit_model_version {models.Current?.Number ?? 0}

        """);
}
