using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>A derived view that may make each of its rows of one row of its source.</summary>
internal interface IRowwiseView : IDataView
{
    IHostEnvironment Environment { get; }

    IDataView Source { get; }

    /// <summary>Whether a row of the source comes out as one, and in the same way whatever rows were read before it.</summary>
    bool ChangesEachAlone { get; }

    /// <summary>Whether every number of the column's vectors is computed anew: see <see cref="RowAugmentation.ComputesAll"/>.</summary>
    bool Computes(DataViewSchema.Column column);

    /// <summary>What must be active in the source for <paramref name="columns"/> to be read here.</summary>
    IEnumerable<DataViewSchema.Column> SourceColumns(IReadOnlyList<DataViewSchema.Column> columns);

    /// <summary>A row of this view, made of the source's row that is given.</summary>
    /// <param name="input">With the <see cref="SourceColumns"/> active; it is disposed of with the result.</param>
    /// <param name="columns">The columns to read.</param>
    DerivedSeeker Seek(SeekableRow input, IReadOnlyList<DataViewSchema.Column> columns);
}
