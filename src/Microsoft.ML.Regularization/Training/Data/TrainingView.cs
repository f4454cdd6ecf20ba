using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Splitting;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// The view that training rows are read from. Where it augments them, every epoch has changes of its own, and reading an epoch again gives the same ones.
/// </summary>
internal sealed class TrainingView(IHost host, IDataView view, TrainingColumns columns, RandomKey key)
{
    public IDataView View => view;

    /// <summary>Whether the rows differ from epoch to epoch.</summary>
    public bool DrawsAnew { get; } = TrainingPass.Differ(view);

    /// <summary>Reads the rows of an epoch, numbered from 1.</summary>
    public RowReader Open(int epoch, bool isMixed) =>
        new(host, DrawsAnew ? new TrainingPass(key.Derive((ulong)epoch), isMixed).Over(host, view) : view, columns);

    /// <summary>The same view with another column of labels.</summary>
    public TrainingView Relabel(ComputedColumn label)
    {
        var relabelled = ComputedColumnView.Create(host, view, label);
        return new TrainingView(host, relabelled, columns.In(host, relabelled.Schema, new KeyTranslation("the relabelled rows", "the training set")), key);
    }

    /// <summary>The same view with the augmentations of a recipe applied after its own.</summary>
    /// <param name="augmentations">The augmentations.</param>
    /// <param name="isSetAside">Which rows they must not see; null where the view says itself.</param>
    public TrainingView Augment(ValueList<AugmentationOptions> augmentations, Func<DataViewRowId, bool>? isSetAside)
    {
        var augmented = isSetAside is null ? view : HoldOutView.Create(host, view, isSetAside);
        for (var i = 0; i < augmentations.Count; i++)
        {
            var options = augmentations[i].In(host, columns.Names);
            options.GetTrainingShape(host, SchemaShape.Create(augmented.Schema));
            augmented = options.CreateTrainingView(host, augmented, options.SeedOfDraws ?? key.Derive("augmentation").Derive((ulong)i).ToSeed());
        }

        return new TrainingView(host, augmented, columns.In(host, augmented.Schema, new KeyTranslation("the augmented rows", "the training set")), key);
    }
}
