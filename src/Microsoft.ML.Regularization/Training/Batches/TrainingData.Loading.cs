using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <content>The first pass over the rows.</content>
internal sealed partial class TrainingData
{
    private const double Megabyte = 1 << 20;

    /// <summary>Reads the rows into memory; false where they do not fit.</summary>
    private bool TryLoad(Func<RowReader>? openSet)
    {
        var (training, validation, ids) = (NewTable(), NewTable(), new List<DataViewRowId>());
        var budget = _caching.EffectiveBudget;
        using (var pass = Pass(_source.Open(epoch: 1, isMixed: true)))
        {
            while (pass.MoveNext())
            {
                var isMarked = _leavesMarkedRowsOut && pass.Row.IsHeldOut;
                if (!TryAdd(isMarked ? validation : training, pass.Row))
                    return false;
                if (_fraction is not null)
                    ids.Add(pass.Row.Id);
            }

            FinishFirstPass(pass.Row, training.Count, validation.Count);
        }

        if (openSet is not null)
        {
            using var pass = Pass(openSet());
            while (pass.MoveNext())
            {
                if (!TryAdd(validation, pass.Row))
                    return false;
            }

            FinishValidationSet(pass.Row, validation.Count);
        }

        if (_caching.Mode == DataCaching.Auto)
            _channel.Info($"The rows are kept in memory: they take {(training.Bytes + validation.Bytes) / Megabyte:0} MB of at most {budget / Megabyte:0}.");
        if (_fraction is not null)
            training = _fraction.SetAside(training, ids, Task.HasClasses, validation);
        (Training, Validation) = (new CachedRows(training, _caching.CachedPoolRows), new CachedRows(validation));
        Augment();
        if (_augmentations is null)
            TrainingSummary = RowSummary.Of(training);
        ValidationSummary = RowSummary.Of(validation);
        return true;

        bool TryAdd(RowTable table, RowReader row)
        {
            if (_caching.Mode == DataCaching.Auto && (training.Bytes + validation.Bytes > budget || !table.HasRoomFor(row)))
            {
                _channel.Info(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The rows are read anew in every epoch: {training.Count + (long)validation.Count} of them take more than the "
                    + $"{budget / Megabyte:0} MB that may be kept in memory."));
                return false;
            }

            table.Add(row);
            return true;
        }
    }

    /// <summary>Takes in the rows without keeping them.</summary>
    private void Stream(Func<RowReader>? openSet)
    {
        IsStreaming = true;
        var (training, validation) = (NewSummary(), NewSummary());
        var startsWithOneClass = false;
        using (var pass = Pass(_source.Open(epoch: 1, isMixed: true)))
        {
            while (pass.MoveNext())
            {
                (IsTrainedOn(pass.Row) ? training : validation).Add(pass.Row);
                if (training.Count == _caching.PoolRows)
                    startsWithOneClass = Task.HasClasses && training.ClassRows.Count(rows => rows > 0) == 1;
            }

            FinishFirstPass(pass.Row, training.Count, validation.Count);
        }

        if (startsWithOneClass && training.ClassRows.Count(rows => rows > 0) > 1)
        {
            _channel.Warning(
                $"The first {_caching.PoolRows} training rows are of one class: the rows come sorted, and a pool of {nameof(NeuralNetworkOptions.ShufflePoolRows)} "
                + "cannot mix them. Shuffle them before, by ml.Data.ShuffleRows with a large pool or in their file.");
        }

        if (openSet is not null)
        {
            using var pass = Pass(openSet());
            while (pass.MoveNext())
                validation.Add(pass.Row);
            FinishValidationSet(pass.Row, validation.Count);
        }

        var openValidation = openSet ?? (() => _source.Open(epoch: 1, isMixed: true));
        Func<RowReader, bool>? isValidation = openSet is null ? row => !IsTrainedOn(row) : null;
        (TrainingSummary, ValidationSummary) = (training, validation);
        Validation = validation.Count == 0
            ? new CachedRows(NewTable())
            : new StreamedRows(() => Pass(openValidation(), isValidation), validation.Count, NewTable(), poolRows: 1);
        if (_augmentations is null)
            Read(epoch: 1, isMixed: true);
        else
            Augment();
    }

    private void FinishFirstPass(RowReader reader, long training, long validation)
    {
        SkippedRows = reader.SkippedForFeatures + reader.SkippedForLabel;
        ReportSkipped(reader, "training");
        if (training == 0)
        {
            if (validation > 0 && _leavesMarkedRowsOut)
                throw _host.ExceptUserArg(nameof(HoldOutOptions.Fraction), $"HoldOut marked all {validation} usable rows: lower its Fraction.");

            throw _host.Except(SkippedRows > 0
                ? $"No usable training rows: all {SkippedRows} have features in column '{_columns.Features.Name}' that are not finite "
                    + $"or a missing label in column '{_columns.Label.Name}'."
                : validation > 0
                    ? $"There are no training rows: all {validation} are set aside for validation. Lower ValidationFraction."
                    : "There are no training rows: the data view is empty.");
        }

        if (_leavesMarkedRowsOut && validation == 0)
            throw _host.ExceptUserArg(nameof(HoldOutOptions.Fraction), $"HoldOut marked none of {training} rows: raise its Fraction.");
    }

    private void FinishValidationSet(RowReader reader, long validation)
    {
        ReportSkipped(reader, "validation");
        if (validation == 0)
            throw _host.ExceptUserArg(ValidationSet.Option, "The validation set has no usable rows.");
    }

    private void CheckWeights()
    {
        if (TrainingSummary.WeightSum == 0)
            throw _host.Except($"Column '{_columns.Weight!.Value.Name}': all example weights are 0.");
        if (Validation.Count > 0 && ValidationSummary.WeightSum == 0)
            throw _host.Except($"Column '{_columns.Weight!.Value.Name}': all example weights of the {Validation.Count} validation rows are 0.");
    }

    private void ReportSkipped(RowReader reader, string purpose)
    {
        if (reader.SkippedForFeatures > 0)
            _channel.Warning($"Skipped {reader.SkippedForFeatures} {purpose} rows whose features in column '{_columns.Features.Name}' are not finite.");
        if (reader.SkippedForLabel > 0)
            _channel.Warning($"Skipped {reader.SkippedForLabel} {purpose} rows whose label in column '{_columns.Label.Name}' is missing.");
    }
}
