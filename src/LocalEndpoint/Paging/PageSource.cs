using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Paging;

/// <summary>Gives a page of a list.</summary>
/// <typeparam name="T">The entries.</typeparam>
/// <param name="position">The position at which the last page ended; null for the first page.</param>
/// <param name="most">Most entries to give.</param>
/// <param name="rest">The position at which this page ends; null on the last one.</param>
internal delegate List<T> PageSource<T>(long? position, int most, out long? rest);
