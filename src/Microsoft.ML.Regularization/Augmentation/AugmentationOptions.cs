using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of a transform that changes training rows. The neural trainers see different changes in every epoch. All other readers of the rows, including all
/// other trainers, see the same changes in every pass: trainers such as SDCA keep state about single rows from pass to pass and rely on this.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("transform")]
public abstract record AugmentationOptions : TrainingOnlyOptions
{
    private protected AugmentationOptions()
    {
    }

    /// <summary>Whether hard labels come out as shares of classes.</summary>
    internal virtual bool SoftensLabels => false;

    /// <summary>Whether a row takes something of another row.</summary>
    internal bool MixesRows => Mixings.Any();

    /// <summary>It and what it is composed of, as far as that mixes rows.</summary>
    internal virtual IEnumerable<IRowMixing> Mixings => [];

    /// <summary>Whether numbers come out as missing that the rows had.</summary>
    internal virtual bool WritesGaps => false;

    /// <summary>Why a trainer cannot apply it to its own rows; null where it can.</summary>
    internal virtual string? WhyNotInTrainer => null;

    /// <summary>Whether changed copies are added to the rows rather than replacing them.</summary>
    internal virtual bool WritesCopies => false;

    /// <summary>Whether no row is ever changed.</summary>
    internal virtual bool IsIdentity => false;

    /// <summary>The same in a trainer's recipe, where names that are left out are those of the trainer's columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It names another column than the trainer's.</exception>
    internal virtual AugmentationOptions In(IExceptionContext context, TrainerColumnNames trainer) => this;

    /// <summary>Names the stream of its draws: the kind and the columns, not the amounts.</summary>
    internal abstract IEnumerable<string> StreamIdentity { get; }

    /// <summary>The augmentation on the columns of <paramref name="source"/>. No row is read before the first cursor is opened.</summary>
    internal abstract RowAugmentation Bind(IHostEnvironment env, IDataView source);

    internal sealed override void CheckRows(IHostEnvironment env, IDataView rows) => Bind(env, rows);

    internal sealed override IDataView CreateTrainingView(IHostEnvironment env, IDataView source, int seed) =>
        IsIdentity ? source : AugmentedView.Create(env, source, new AugmentationTraits(Name, [.. StreamIdentity], [.. Mixings]), Bind(env, source), seed);
}
