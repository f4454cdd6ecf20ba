using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Splitting;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Splits rows into training and validation rows. Validation rows are the validation set if there is one, otherwise the rows that
/// <see cref="HoldOutOptions"/> marked, otherwise a share of the training rows.
/// </summary>
internal sealed class ValidationSplit
{
    /// <param name="host">Makes errors.</param>
    /// <param name="channel">Is warned of rows that may mislead.</param>
    /// <param name="view">The training rows.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="validationSet">A separate set of validation rows, or null.</param>
    /// <param name="fraction">The share of training rows to validate on if no other source of validation rows is given; 0 for none.</param>
    /// <param name="key">Draws the share.</param>
    public ValidationSplit(IHost host, IChannel channel, IDataView view, TrainingColumns columns, IDataView? validationSet, double fraction, RandomKey key)
    {
        if (validationSet is not null)
        {
            var setColumns = ValidationSet.ColumnsOf(host, validationSet, columns);
            OpenSet = () => new RowReader(host, validationSet, setColumns);
            return;
        }

        LeavesMarkedRowsOut = columns.Mark is not null;
        if (LeavesMarkedRowsOut || fraction == 0)
            return;

        AugmentationNotices.CheckValidationFraction(host, channel, view, fraction);
        Fraction = new ValidationFraction(fraction, key);
    }

    /// <summary>Reads the validation set; null where there is none.</summary>
    public Func<RowReader>? OpenSet { get; }

    /// <summary>Sets training rows aside; null where nothing does.</summary>
    public ValidationFraction? Fraction { get; private set; }

    public bool LeavesMarkedRowsOut { get; private set; }

    public bool IsMarked(RowReader row) => LeavesMarkedRowsOut && row.IsHeldOut;

    public bool IsSetAside(DataViewRowId id) => Fraction?.Contains(id) == true;

    public bool IsTrainedOn(RowReader row) => !IsMarked(row) && !IsSetAside(row.Id);

    /// <summary>Lets all rows be trained on, for good. False where the validation rows are of a set of their own, and stay apart.</summary>
    public bool TryMerge()
    {
        (LeavesMarkedRowsOut, Fraction) = (false, null);
        return OpenSet is null;
    }
}
