using Microsoft.ML.Regularization.Reports;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Measures what findings rest on.</summary>
internal static class EvidenceSearch
{
    private const int UnitRows = 1000;

    /// <exception cref="ArgumentException">The rows are not those of the model.</exception>
    public static RunEvidence Of(IHost host, MLContext ml, ModelParts parts, DiagnosisOptions options)
    {
        var (training, validation) = (Choose(ml, options.TrainingRows, options), Choose(ml, options.ValidationRows, options));
        var evidence = new RunEvidence
        {
            Network = parts.Network,
            Training = Measure(host, parts.Model, training, nameof(options.TrainingRows), options),
            Validation = Measure(host, parts.Model, validation, nameof(options.ValidationRows), options),
        };
        if (training is null)
            return evidence;
        var names = parts.ReadColumns(options.TrainingRows!, options.LabelColumnName);
        var prepared = parts.Prepare(training);
        evidence = evidence with
        {
            Table = InputTable.Of(training, validation, names, evidence.Training!, options.CancellationToken),
            Shared = validation is null ? null : SharedRowCount.Of(options.TrainingRows!, validation, names, options.CancellationToken),
            Dead = parts.Network.Architecture is MlpArchitecture ? DeadUnitShare.Of(parts.Network, parts.InputsOf(host, prepared, UnitRows)) : null,
        };
        if (validation is null || ReferenceNetwork.Train(host, ml, parts, prepared, options) is not { } reference)
            return evidence;
        return evidence with
        {
            ReferenceTraining = Measure(host, reference, prepared, nameof(options.TrainingRows), options),
            ReferenceValidation = Measure(host, reference, parts.Prepare(validation), nameof(options.ValidationRows), options),
        };
    }

    private static MeasuredRows? Measure(IHost host, ITransformer model, IDataView? rows, string option, DiagnosisOptions options)
    {
        if (rows is null)
            return null;
        options.CancellationToken.ThrowIfCancellationRequested();
        var scored = model.Transform(rows);
        var read = new ScoreReader(host, scored.Schema, options.LabelColumnName).Read(scored, int.MaxValue, options.CancellationToken);
        return read.Count > 0 ? new MeasuredRows(read) : throw host.ExceptUserArg(option, $"{option} have no row with a label and a prediction: {read.Skipped} lack one.");
    }

    private static IDataView? Choose(MLContext ml, IDataView? rows, DiagnosisOptions options) =>
        rows is null || rows.GetRowCount() <= options.MostRows ? rows : ml.Data.TakeRows(ml.Data.ShuffleRows(rows, options.Seed, Math.Max(1000, options.MostRows)), options.MostRows);
}
