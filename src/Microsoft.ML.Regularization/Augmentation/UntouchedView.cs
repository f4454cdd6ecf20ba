namespace Microsoft.ML.Regularization;

/// <summary>What a training-only transform gives outside of training: its source, and a trace that it was passed through.</summary>
internal sealed class UntouchedView(IDataView source, TrainingOnlyOptions options) : DerivedView(source)
{
    public TrainingOnlyOptions Options { get; } = options;
}
